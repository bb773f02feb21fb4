"""What some tests need beside Python. Where it is missing they are skipped, and under CI they fail."""
