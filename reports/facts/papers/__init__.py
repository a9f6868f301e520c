"""What each paper beside the committees' notes says, as plain values."""
