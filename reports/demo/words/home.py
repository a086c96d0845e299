"""What matters to children of different homes. Drawn only for a child of that home, whatever the age."""

MATTERS_AT_HOME = {
    "pakistani": (
        "Eid, new clothes and all the cousins.",
        "Speaking Urdu with my nani.",
        "Friday prayers with my uncle, and the food after.",
        "Mum’s biryani, the whole family round one cloth.",
        "Seeing my family in Mirpur in the holidays.",
    ),
    "bengali": ("Eid, and visiting every auntie.", "Speaking Sylheti with my grandparents.", "My dad’s fish curry."),
    "indian": (
        "Diwali lights, and the sweets my aunt sends.",
        "Helping to cook at the gurdwara.",
        "Vaisakhi, when we walk through the town.",
        "Malayalam songs that my mum knows.",
    ),
    "west african": (
        "Church with my whole family, dressed up.",
        "Mum’s jollof rice. It is the best one.",
        "Singing in our church choir.",
        "My grandma in Lagos on the phone.",
    ),
    "somali": ("Eid with everybody at my aunt’s.", "Speaking Somali with Hooyo.", "My family stories, told at night."),
    "caribbean": ("Sunday dinner at Grandma’s, rice and peas.", "Carnival with my cousins.", "Grandad’s old reggae records."),
    "polish": (
        "Wigilia, when there is an extra plate on the table.",
        "Ringing Babcia in Gdansk on Sundays.",
        "Polish school on Saturdays with my cousin.",
        "Mum’s pierogi.",
    ),
    "romanian": ("My bunica’s garden in the summer.", "Easter with painted eggs.", "Romanian songs in the car."),
    "arabic": ("Eid with my family.", "Speaking Arabic with my teta.", "Making bread with my mum."),
    "ukrainian": ("Talking to my dad and my grandparents online.", "Ukrainian club on Saturdays.", "Mum’s borscht."),
    "chinese": ("New Year, the lanterns and the dumplings.", "Speaking Cantonese with my grandma.", "Sunday lunch with everybody."),
}
