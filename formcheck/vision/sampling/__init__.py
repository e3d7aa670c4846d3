"""Which frames of a clip the engine sees: when, whether anything moved, and the landmarks in between. All pure."""
