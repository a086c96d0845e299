"""Names as one meets them in English schools today. All invented; the pairing is chance."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Community:
    """Names that go together, the share of pupils who bear them, and languages that may be spoken at home."""

    share: float
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    surnames: tuple[str, ...]
    mothers: tuple[str, ...]
    fathers: tuple[str, ...]
    languages: tuple[str, ...] = ()  # codes of the school census; none: English at home
    eal: float = 0.0


def names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BRITISH_GIRLS = names(
    "Amelia Isla Freya Poppy Evie Ruby Daisy Millie Ellie Maisie Scarlett Phoebe Willow Lacey Summer Gracie Lexi Darcey Erin Imogen Tilly"
    " Harriet Bethan Martha Niamh Robyn Skye Beatrice Connie Heidi Jess Macy Orla Faye Lottie Eliza Nancy Edie Holly Paige"
)
BRITISH_BOYS = names(
    "Alfie Archie Charlie Freddie Harrison Jacob Joshua Logan Mason Oscar Riley Theo Tyler Callum Finley Jayden Kai Lewis Reuben Toby"
    " Bobby Connor Dexter Ellis Frankie Jenson Jude Leo Luca Ollie Ralph Rory Sonny Stanley Zac Dylan Ethan Evan Rhys Tommy Arlo Blake"
    " Caleb Harvey Kieran Morgan Rowan Teddy Corey Declan Alex Ronnie Hugo Milo Spencer Jamie"
)
BRITISH_SURNAMES = names(
    "Alderton Ashworth Barlow Beckwith Bramley Burrows Cartwright Chadwick Clough Coates Cottam Crabtree Dewhurst Dixon Eastwood Fairclough"
    " Farrow Fenwick Gaskell Greaves Hadley Hallam Hargreave Haywood Hinchley Holroyd Ibbotson Jagger Kershaw Lofthouse Lumb Marsden"
    " Metcalfe Mosley Naylor Oldroyd Parkin Pickles Priestley Ramsden Rigby Rushworth Sanderson Shackleton Siddall Stanfield Sutcliffe"
    " Tattersall Thackray Threlfall Unsworth Varley Wadsworth Whitwam Wilcock Wolstenholme Yardley Bright Kemp Foster Nash Pryce Keating"
)
COMMUNITIES: dict[str, Community] = {
    "british": Community(
        60, BRITISH_GIRLS, BRITISH_BOYS, BRITISH_SURNAMES,
        names("Laura Gemma Kelly Natalie Stacey Hayley Rachel Donna Kirsty Leanne Zoe Claire Joanna Becky Nicola Emma Katie Sally"),
        names("Lee Craig Darren Matthew Ryan Scott Adam Gary Wayne Phil Chris Jason Andy Simon Liam Stuart Dean Ian"),
    ),
    "pakistani": Community(
        9, names("Aisha Zara Maryam Hafsa Inaya Aleena Sumayyah Zainab Iqra Haniya"),
        names("Hamza Ibrahim Yusuf Zayn Bilal Haris Eesa Subhan Rayyan Musa Ismail Danyal"),
        names("Hussain Mahmood Akhtar Rafiq Shafi Javed Ashraf Tariq Nawaz Malik Qureshi Bashir"),
        names("Shazia Nadia Rukhsana Saima Farzana Samina"), names("Asif Kamran Nadeem Waseem Tahir Shahid"), ("URD", "URD", "PNJ"), 0.65,
    ),
    "bengali": Community(
        4, names("Tasnim Raisa Nusrat Safa Mahira Fariha"), names("Rafi Tanvir Ayaan Samir Nabil Zakir"),
        names("Miah Choudhury Uddin Rahman Begum Kabir"), names("Shirin Rehana Salma"), names("Abdul Monir Kamal"), ("BNG",), 0.8,
    ),
    "indian": Community(
        5, names("Anaya Diya Jasleen Riya Kiran Simran Mira Tanvi"), names("Arjun Ravi Rohan Gurpreet Kabir Aarav Veer Nikhil"),
        names("Patel Sandhu Pillai Grewal Joshi Bhatt Dhillon Menon"), names("Harpreet Sunita Deepa Meena"),
        names("Sanjay Rajiv Jaspal Anil"), ("PNJ", "GUJ", "MLY", "HIN"), 0.5,
    ),
    "west african": Community(
        5, names("Adaeze Temi Zuri Abena Ife Esther Chioma Blessing"), names("Tobi Kwame Emeka Daniel Samuel Ayo Femi Kofi"),
        names("Adebayo Okonkwo Mensah Boateng Eze Balogun Owusu Nwachukwu"), names("Ngozi Funmi Akosua Joy"),
        names("Emmanuel Chidi Yaw Segun"), ("YOR", "IGB", "AKA"), 0.35,
    ),
    "somali": Community(
        2, names("Hodan Sahra Ayaan Hibo Idil"), names("Abdirahman Mahad Liban Zakariye Guled"), names("Warsame Farah Jama Abdi Hersi"),
        names("Faduma Hawa Asha"), names("Yasin Omar Bashir"), ("SOM",), 0.9,
    ),
    "caribbean": Community(
        4, names("Kiara Amara Shanice Jada Renee Tia"), names("Jerome Malachi Tyrell Micah Isaiah Andre"),
        names("Campbell Morrison Grant Reid Francis Bennett"), names("Marcia Simone Natasha"), names("Errol Marlon Winston"),
    ),
    "polish": Community(
        4, names("Zofia Maja Lena Oliwia Hania Julia"), names("Kacper Filip Oskar Antoni Szymon Jakub"),
        names("Wrona Zawada Sikora Pawlak Kubiak Wilk"), names("Agata Magda Ewa Monika"), names("Piotr Tomasz Krzysztof"), ("POL",), 0.85,
    ),
    "romanian": Community(
        2, names("Ioana Daria Sofia Bianca"), names("Andrei Matei Luca David"), names("Munteanu Lupu Ardelean Rusu Balan"),
        names("Mihaela Elena Cristina"), names("Ionut Florin Marius"), ("ROM",), 0.9,
    ),
    "arabic": Community(
        3, names("Layla Noor Salma Rima Jana"), names("Omar Adam Karim Yahya Tarek"), names("Haddad Mansour Saleh Nasser Darwish"),
        names("Rania Huda Lina"), names("Khaled Bassam Fadi"), ("ARA",), 0.9,
    ),
    "ukrainian": Community(
        1, names("Daryna Sofiia Polina"), names("Maksym Bohdan Artem"), names("Shevchuk Bondar Melnyk"), names("Oksana Iryna"),
        names("Andriy Serhiy"), ("UKR",), 1.0,
    ),
    "chinese": Community(
        1, names("Mei Jasmine Yi Emily"), names("Jun Wei Ethan Kai"), names("Chan Leung Zhao Wong"), names("Li Ying Xiu"),
        names("Ming Hao"), ("CHI",), 0.7,
    ),
}  # fmt: skip

SHORT_FORMS = {"Harrison": "Harry", "Joshua": "Josh", "Ibrahim": "Ibby", "Jessica": "Jess", "Abdirahman": "Abdi", "Reuben": "Ben",
               "Imogen": "Immy", "Harriet": "Hattie", "Beatrice": "Bea", "Samuel": "Sam", "Zakariye": "Zak", "Szymon": "Simon"}  # fmt: skip


def forename(community: Community, sex: str, rng: Random) -> str:
    return rng.choice(community.girls if sex == "F" else community.boys)


def friend(rng: Random) -> str:
    """A first name from any community, for somebody who is spoken of."""
    every = [name for community in COMMUNITIES.values() for name in (*community.girls, *community.boys)]
    return rng.choice(every)
