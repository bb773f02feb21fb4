"""What some tests need beside Python: skipped where it is missing, and failed under CI."""
