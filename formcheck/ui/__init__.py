"""What is drawn and heard."""
