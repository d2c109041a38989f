"""What a browser says of itself, in words that every language has: "Chrome · Linux"."""

# Each names those before it in its own name, so the first that is found counts.
BROWSERS = {
    "Edg/": "Edge",
    "EdgA/": "Edge",
    "EdgiOS/": "Edge",
    "OPR/": "Opera",
    "Vivaldi/": "Vivaldi",
    "SamsungBrowser/": "Samsung Internet",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def words(user_agent: str) -> str:
    """As much of it as is known; empty where nothing is."""
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), "")
    return " · ".join(filter(None, [browser, system]))
