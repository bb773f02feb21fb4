"""Pure rules and values. Forbidden here: clock, files, network, randomness, SQL, Flask."""
