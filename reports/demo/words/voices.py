"""What pupils of the demo say in pupil mode in their own words, what adults notice, and what was done about it."""

WORDS = {
    "secondary": (
        "I would like to present with one other person.",
        "Lunch is louder than lessons. I like the library then.",
        "I did the bus on my own on Tuesday.",
        "Please tell me the day before when the room changes.",
        "Maths is better since I sit at the side.",
    ),
    "primary": (
        "I like it when we do jobs.",
        "The hall is too loud.",
        "I want to feed the fish.",
        "Can I sit by the window?",
        "My drawing is on the wall!",
    ),
    "early": ("Trains!", "I like the sand.", "Not the bell."),
}
NOTICED = (
    ("good", "Reaches for the drum as soon as it is on the table, and smiles at its sound."),
    ("helps", "Settles when the same adult sings the same song first."),
    ("else", "Turns away from the window side when it is bright."),
)
WE_DID = (
    "We moved your seat to the side.",
    "You can go to the library at lunch.",
    "We show you the new room the day before.",
    "You have a card for a break now.",
    "You work in a pair on Thursdays.",
)
DRAWING = ";".join(
    (
        "120,480 140,300 260,180 380,300 400,480 120,480",
        "200,480 200,380 300,380 300,480",
        "600,200 640,160 700,160 740,200 740,260 700,300 640,300 600,260 600,200",
    )
)  # a house, its door, and the sun
