"""Words that a draft starts with: plain enough to work with at once, and for the author to replace."""

CUES = {
    "trunk_inclination": ("Bring your chest a little further forward", "Bring your chest a little further up"),
    "rear_hip_extension": ("Move your back thigh further back", "Move your back thigh further forward"),
    "rear_knee_flexion": ("Bend your back knee more", "Straighten your back knee a little"),
    "front_knee_flexion": ("Bend your front knee more", "Straighten your front knee a little"),
    "front_shin_angle": ("Move your front knee further forward", "Move your front knee further back"),
    "bent_hip_flexion": ("Bring your bent knee closer", "Let your bent knee move away"),
    "straight_knee_flexion": ("Unlock your straight knee a little", "Straighten your straight leg more"),
    "straight_hip_flexion": ("Raise your straight thigh a little", "Let your straight thigh sink down"),
    "straight_leg_elevation": ("Raise your straight leg a little", "Let your straight leg sink down"),
    "trunk_elevation": ("Let your hips sink down", "Let your shoulders sink down"),
}
"""By measure: what to do when it is too low, and when it is too high. At most eight words each."""

INSTRUCTION = "Take up the stretch, and stay in it."
SAFETY = "Not written yet: nobody has said who should leave this stretch alone. Stop if anything hurts."


def title(name: str) -> str:
    """Return a heading made of the stretch's name."""
    return name.replace("_", " ").capitalize()


def setup(role: str) -> str:
    """Return where camera and person go: the same for every stretch that is seen from the side."""
    return (
        f"Camera at hip height, 2.5 to 3.5 m away, level, seeing all of you from the side: the {_LEGS[role]} leg nearer to it."
    )


def words(name: str, role: str) -> dict[str, str]:
    """Return the texts of a draft, by key of the pose file. `role` is that of the stretched leg."""
    return {"title": title(name), "instruction": INSTRUCTION, "setup": setup(role), "safety": SAFETY}


_LEGS = {"rear": "back", "straight": "straight"}
