"""What pupils work towards who tell us things by look, sound, sign or symbol; any age."""

TARGETS = {
    "communicating": (
        ("Show you yes and no", "Uses the same look, sign or switch, four times out of five"),
        ("Choose between two things", "Looks at or touches the chosen one within ten seconds"),
        ("Tell you when I want more", "Presses the switch or signs it, without a prompt"),
        ("Ask you to stop", "Uses the stop sign, and people stop"),
        ("Say hello in my own way", "Looks, smiles or signs to two people each morning"),
        ("Use my symbols to ask", "Hands over the symbol to ask, five times a day"),
        ("Use my talker in two places", "Uses it in class and in the dining hall"),
    ),
    "relationships": (
        ("Share a game with a friend", "Takes three turns beside a friend"),
        ("Know who is with me", "Greets each adult in an own way"),
        ("Enjoy being in a group", "Stays in the group for ten minutes, calm"),
        ("Show a friend that I like them", "Looks towards or reaches for the friend"),
        ("Work with a new adult", "Does one known task with somebody new"),
        ("Sit with others at lunch", "Eats at the shared table on four days a week"),
    ),
    "managing-feelings": (
        ("Let you help me to be calm", "Calms within five minutes with my own plan"),
        ("Ask for my quiet place", "Shows the symbol or walks there"),
        ("Move on with my object", "Takes the object and goes along"),
        ("Wait for a short time", "Waits one minute with a timer"),
        ("Show you how I feel", "Chooses the face that fits, once a day"),
        ("Try new textures and sounds", "Stays with it for one minute"),
    ),
    "independence": (
        ("Feed myself part of my meal", "Brings five spoonfuls to the mouth"),
        ("Help to put my coat on", "Pushes the arm through the sleeve"),
        ("Walk or wheel to class", "Covers the last ten metres alone"),
        ("Make a drink with help", "Does the last two steps alone"),
        ("Use the toilet in time", "Shows the symbol, on most days"),
        ("Carry my own bag", "Carries it from bus to class"),
        ("Buy something in the shop", "Hands over the money and takes the bag"),
    ),
    "engagement": (
        ("Stay with something I like", "Stays with it for five minutes"),
        ("Press the switch on purpose", "Presses again to make it happen, three times"),
        ("Look for what has gone", "Looks or reaches for it within five seconds"),
        ("Join in with my therapy", "Takes an active part for ten minutes"),
        ("Finish one task at my table", "Puts the last piece in and signs finished"),
        ("Listen to a story with objects", "Reaches for each object as it comes"),
    ),
    "confidence": (
        ("Try something new with you", "Tries for one minute with a known adult"),
        ("Show that I am proud", "Looks round for people after a success"),
        ("Be on the stage", "Takes a part in assembly"),
        ("Do my job in class", "Does the register or snack job each day"),
        ("Go out in the community", "Enjoys two new places this term"),
        ("Choose my own clothes or music", "Chooses each week from two or three"),
    ),
}
