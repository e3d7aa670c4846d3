"""How the person is seen: who is followed, from which side the camera looks, and what hides a leg."""
