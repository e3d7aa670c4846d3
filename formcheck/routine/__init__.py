"""Routine files: several stretches in order, with sides, repetitions and rests."""
