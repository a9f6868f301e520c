"""What `make bench` measures on one database. Seconds are compared with one another in the same run, never quoted."""
