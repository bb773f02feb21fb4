-- The desk reads records by when they were written, and finds what stands in place of a wrong one.

CREATE INDEX event_by_record_time ON event(coop_id, record_time);
CREATE INDEX event_by_replaced ON event(replaces) WHERE replaces IS NOT NULL;
CREATE INDEX event_by_type ON event(coop_id, event_type, event_date);
