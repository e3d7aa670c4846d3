"""What was done, kept in the data folder of the user as it happens."""
