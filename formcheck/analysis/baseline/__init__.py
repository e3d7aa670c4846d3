"""How a straight person reads to this camera, and what is subtracted for it from then on."""
