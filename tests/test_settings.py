"""What the environment says."""

from datetime import timedelta
from pathlib import Path

import pytest

from leader24 import db
from leader24.settings import Settings, WrongSetting

SID = "AC" + "0123456789abcdef" * 2
SECRETS = {
    "LEADER24_SECRET_KEY": "secret-key-of-at-least-32-characters",
    "OPENAI_API_KEY": "sk-the-key-of-openai",
    "TWILIO_AUTH_TOKEN": "the-token-of-twilio",
}


def read(tmp_path: Path, **environ: str) -> Settings:
    return Settings.from_env({"LEADER24_DATA_DIR": str(tmp_path / "data"), **environ})


def complaint(tmp_path: Path, **environ: str) -> str:
    with pytest.raises(WrongSetting) as wrong:
        read(tmp_path, **environ)
    return str(wrong.value)


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8080, "http://localhost:8080")
    assert settings.database_url == f"sqlite:///{tmp_path}/data/leader24.db"
    assert settings.review_after == timedelta(minutes=10)
    assert settings.index_dir == tmp_path / "data" / "index"
    assert settings.given == {"LEADER24_DATA_DIR"}


@pytest.mark.parametrize("name", ["50%20off", "what?", "a&b=c;d #1", "<img src=x>", "così"])
def test_the_database_is_in_the_data_folder_whatever_its_name(tmp_path: Path, name: str) -> None:
    settings = Settings.from_env({"LEADER24_DATA_DIR": str(tmp_path / name)})
    db.connect(settings.database_url)
    assert db.file() == tmp_path / name / "leader24.db"


def test_everything_can_be_set(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        LEADER24_DATABASE_URL=f"sqlite:///{tmp_path}/other.db",
        LEADER24_HOST="0.0.0.0",
        LEADER24_PORT="9000",
        LEADER24_PUBLIC_URL="https://chat.example.com/",
        LEADER24_REVIEW_AFTER_MINUTES="0.5",
        LEADER24_MODEL="small",
        OPENAI_BASE_URL="http://localhost:11434/v1/",
        TWILIO_ACCOUNT_SID=SID,
        TWILIO_WHATSAPP_FROM="+1 415 523 8886",
        TWILIO_API_BASE="http://localhost:9999/",
        **SECRETS,
    )
    assert settings.database_url.endswith("other.db")
    assert (settings.host, settings.port, settings.public_url) == ("0.0.0.0", 9000, "https://chat.example.com")
    assert settings.review_after == timedelta(seconds=30)
    assert (settings.model, settings.openai_base_url) == ("small", "http://localhost:11434/v1")
    assert settings.twilio_whatsapp_from == "whatsapp:+14155238886"
    assert settings.twilio_api_base == "http://localhost:9999"
    assert [settings.secret_key, settings.openai_api_key, settings.twilio_auth_token] == list(SECRETS.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LEADER24_DATA_DIR", "/dev/null/data"),
        ("LEADER24_DATABASE_URL", "postgresql://localhost/leader24"),
        ("LEADER24_DATABASE_URL", "sqlite:///"),
        ("LEADER24_DATABASE_URL", "sqlite://"),
        ("LEADER24_DATABASE_URL", "sqlite:////tmp"),
        ("LEADER24_HOST", "here and there"),
        ("LEADER24_PORT", "0"),
        ("LEADER24_PORT", "65536"),
        ("LEADER24_PORT", "-1"),
        ("LEADER24_PORT", "eighty"),
        ("LEADER24_PUBLIC_URL", "chat.example.com"),
        ("LEADER24_PUBLIC_URL", "https://"),
        ("LEADER24_PUBLIC_URL", "https://example.com/chat"),
        ("LEADER24_PUBLIC_URL", "https://example.com?chat"),
        ("LEADER24_PUBLIC_URL", "https://example.com:port"),
        ("LEADER24_PUBLIC_URL", "https://[example"),
        ("LEADER24_PUBLIC_URL", "https://chat example.com"),
        ("LEADER24_PUBLIC_URL", "https://a.example;script-src *"),
        ("LEADER24_PUBLIC_URL", "https://esempio-è.example"),
        ("LEADER24_MODEL", "m" * 101),
        ("LEADER24_MODEL", "two\nlines"),
        ("LEADER24_REVIEW_AFTER_MINUTES", "0"),
        ("LEADER24_REVIEW_AFTER_MINUTES", "1441"),
        ("LEADER24_REVIEW_AFTER_MINUTES", "nan"),
        ("LEADER24_REVIEW_AFTER_MINUTES", "0,5"),
        ("LEADER24_SECRET_KEY", "too short"),
        ("OPENAI_BASE_URL", "localhost:11434"),
        ("TWILIO_ACCOUNT_SID", "SK" + "0" * 32),
        ("TWILIO_WHATSAPP_FROM", "4155238886"),
        ("TWILIO_API_BASE", "ftp://localhost"),
    ],
)
def test_a_wrong_value_is_told_in_one_line_that_names_the_variable(tmp_path: Path, name: str, value: str) -> None:
    line = complaint(tmp_path, **{name: value})
    assert line.startswith(f"{name} is ") and "; allowed: " in line and "\n" not in line
    assert "None" not in line and "Invalid" not in line


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("LEADER24_SECRET_KEY", "too short", "too short"),
        ("LEADER24_DATABASE_URL", "postgresql://leader24:hunter2@localhost/leader24", "hunter2"),
        ("OPENAI_BASE_URL", "ftp://me:hunter2@localhost", "hunter2"),
    ],
)
def test_what_is_secret_is_not_told(tmp_path: Path, name: str, value: str, secret: str) -> None:
    assert secret not in complaint(tmp_path, **{name: value})


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_are_not_in_the_repr(tmp_path: Path, name: str) -> None:
    settings = read(tmp_path, **SECRETS, LEADER24_DATABASE_URL="sqlite:////tmp/hunter2.db")
    assert SECRETS[name] not in repr(settings) and "hunter2" not in repr(settings)


def test_a_value_can_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("sk-from-a-file\n", encoding="utf-8")
    settings = read(tmp_path, OPENAI_API_KEY_FILE=str(file), OPENAI_API_KEY="sk-from-the-environment")
    assert settings.openai_api_key == "sk-from-a-file"


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "key"
    if content:
        file.write_bytes(content)
    line = complaint(tmp_path, OPENAI_API_KEY_FILE=str(file))
    assert line.startswith("OPENAI_API_KEY_FILE is ") and str(file) in line and "\n" not in line


def test_a_wrong_value_in_a_file_is_told_like_any_other(tmp_path: Path) -> None:
    file = tmp_path / "port"
    file.write_text("eighty", encoding="utf-8")
    assert complaint(tmp_path, LEADER24_PORT_FILE=str(file)).startswith("LEADER24_PORT is 'eighty'")


def test_an_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    names = ("LEADER24_PORT", "LEADER24_PORT_FILE", "LEADER24_HOST", "LEADER24_MODEL", "TWILIO_ACCOUNT_SID")
    empty = read(tmp_path, **dict.fromkeys(names, ""))
    assert empty == read(tmp_path)
    assert read(tmp_path, LEADER24_PORT="  ").port == 8080


def test_a_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_key == second.secret_key and len(first.secret_key) >= 32
    assert mode(tmp_path / "data" / "secret_key") == 0o600
    assert mode(tmp_path / "data") == 0o700


def test_a_kept_secret_key_that_a_power_cut_emptied_is_made_anew(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "data" / "secret_key").write_bytes(b"")
    assert len(read(tmp_path).secret_key) >= 32


def test_what_the_environment_says_is_known_by_name(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("sk-1", encoding="utf-8")
    settings = read(tmp_path, OPENAI_API_KEY_FILE=str(key), LEADER24_MODEL="small", TWILIO_AUTH_TOKEN=" ")
    assert settings.given == {"LEADER24_DATA_DIR", "OPENAI_API_KEY", "LEADER24_MODEL"}
