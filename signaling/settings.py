"""Every BALCAO_* variable: its type, its default and what it means to the person who installs a site."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "BALCAO_"


class StartupError(Exception):
    """The server cannot start, or cannot go on starting; its only argument is the sentence a person reads.

    Expected: a taken port, an unwritable folder, an unreachable store. The command line prints the sentence and ends
    with status 2. Anything else that goes wrong at start is a bug and shows its traceback.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class LogFormat(StrEnum):
    """How a log line is written."""

    AUTO = "auto"
    JSON = "json"
    CONSOLE = "console"


class LogLevel(StrEnum):
    """The least a line must matter to be written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class MediaPolicy(StrEnum):
    """Which addresses a call may tell the other side."""

    DIRECT = "direct"
    RELAY_STAFF = "relay_staff"


def _split(value: object) -> object:
    """Turn `a, b` into `("a", "b")`: the form in which a list is written in a variable."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _begins(url: SecretStr | None, *beginnings: str) -> bool:
    return url is None or url.get_secret_value().startswith(beginnings)


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """One site's settings, read once and never changed.

    Descriptions are in Portuguese: `balcao settings` prints them to the court's own technicians.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    host: str = Field("127.0.0.1", description="Endereço em que o servidor atende. Só muda para fora por escolha sua.")
    port: int = Field(8080, ge=0, le=65535, description="Porta em que o servidor atende; 0 escolhe uma livre.")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/\s]+$",
        description="Endereço público do balcão, como as pessoas o digitam: https://balcao.exemplo.jus.br.",
    )
    origins: Words = Field(
        (),
        description="Outras origens aceitas em envios e conexões, separadas por vírgula, como https://portal.exemplo."
        " A do próprio balcão vale sempre.",
    )
    trusted_proxies: Networks = Field(
        (),
        description="Faixas de endereço dos proxies cujo X-Forwarded-For vale, separadas por vírgula. Vazio: nenhum.",
    )
    tls_cert: Path | None = Field(
        None, description="Arquivo PEM do certificado, quando não há um proxy que cuide do HTTPS."
    )
    tls_key: Path | None = Field(None, description="Arquivo PEM da chave desse certificado.")

    data_dir: Path = Field(
        Path("data"), description="Pasta de dados: a fila embutida, o SQLite, as chaves. Faça cópia dela."
    )
    redis_url: SecretStr | None = Field(
        None,
        description="Redis (7.2 ou mais novo) ou Valkey da fila; um cluster como redis+cluster://no1:6379,no2:6379."
        " Vazio: um Valkey próprio, na pasta de dados.",
    )
    drain_s: int = Field(
        10,
        ge=0,
        le=300,
        description="Ao ser encerrado (SIGTERM), pede às páginas que passem a outro servidor e espera até tantos"
        " segundos por elas.",
    )
    store_max_mb: int = Field(
        512, ge=64, description="Memória máxima do Valkey embutido, em MB. Cheio, ele recusa; nunca apaga."
    )
    database_url: SecretStr | None = Field(
        None,
        description="Banco das unidades, pessoas e histórico, como postgresql+asyncpg://…. Vazio: SQLite na pasta de"
        " dados.",
    )

    stun_urls: Words = Field((), description="Servidores STUN, separados por vírgula. Vazio: nenhum de terceiros.")
    turn_urls: Words = Field(
        (), description="Servidores TURN, separados por vírgula, como turns:turn.exemplo:443?transport=tcp."
    )
    turn_secret: SecretStr | None = Field(
        None, description="Segredo comum com o TURN (static-auth-secret do coturn). Obrigatório com BALCAO_TURN_URLS."
    )
    turn_ttl: int = Field(600, ge=60, le=86400, description="Validade de cada credencial do TURN, em segundos.")
    media_policy: MediaPolicy | None = Field(
        None,
        description="relay_staff: o endereço do atendente só aparece depois de Entrar; direct: sem esse cuidado."
        " Vazio: relay_staff se houver TURN.",
    )

    echo_places: int = Field(
        8,
        ge=0,
        le=500,
        description="Quantas pessoas testam ao mesmo tempo a câmera e a internet com o eco; as outras esperam a vez."
        " 0: sem eco.",
    )
    echo_private: bool = Field(
        False, description="Se o eco responde também a endereços da rede interna. Só para uma rede fechada."
    )
    echo_url: str | None = Field(
        None,
        pattern=r"^https?://[^/\s]+$",
        description="Endereço de um eco em outra máquina (balcao echo). Vazio: um processo ao lado do servidor.",
    )
    echo_secret: SecretStr | None = Field(
        None, min_length=16, description="Segredo comum com esse eco. Obrigatório com BALCAO_ECHO_URL e em balcao echo."
    )
    checks_per_browser: int = Field(6, ge=1, description="Testes que um navegador pode fazer em 15 minutos.")
    checks_per_network: int = Field(200, ge=1, description="Testes que um mesmo endereço pode fazer em 15 minutos.")

    receipt_key: SecretStr | None = Field(
        None,
        min_length=32,
        description="Chave que assina os comprovantes, igual em todos os servidores. Vazio: criada na pasta de dados.",
    )
    push_contact: str | None = Field(
        None,
        pattern=r"^(mailto:\S+@\S+|https://\S+)$",
        description="Contato para os serviços de notificação dos navegadores (mailto:… ou https://…). Vazio: quem"
        " fecha a página não é avisado por notificação.",
    )
    push_key: SecretStr | None = Field(
        None,
        description="Chave VAPID das notificações (32 bytes em base64url), igual em todos os servidores. Vazio: criada"
        " na pasta de dados.",
    )
    push_origins: Words = Field(
        (),
        description="Serviços de notificação aceitos além dos conhecidos (Google, Mozilla, Apple, Microsoft), separados"
        " por vírgula.",
    )
    demo_password: SecretStr | None = Field(
        None, description="Senha das pessoas da demonstração. Vazio: sorteada a cada início."
    )

    flood_messages: int = Field(20, ge=1, description="Mensagens por segundo aceitas de cada navegador.")
    flood_bytes: int = Field(131072, ge=1024, description="Bytes por segundo aceitos de cada navegador.")
    joins_per_network: int = Field(
        120, ge=1, description="Senhas que um mesmo endereço (/24 ou /64) pode pegar em 10 minutos."
    )
    joins_allowed_networks: Networks = Field(
        (), description="Faixas sem esse limite, separadas por vírgula: o fórum, a OAB, a Defensoria."
    )
    sign_ins_per_account: int = Field(10, ge=1, description="Tentativas de entrada por conta em 15 minutos.")
    sign_ins_per_network: int = Field(60, ge=1, description="Tentativas de entrada por endereço em 15 minutos.")

    log_level: LogLevel = Field(LogLevel.INFO, description="O mínimo que se registra: debug, info, warning ou error.")
    log_format: LogFormat = Field(
        LogFormat.AUTO, description="console para ler, json para guardar; auto: console num terminal, json fora dele."
    )

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        """Refuse halves: what is said of TURN or TLS must be said whole."""
        if self.turn_urls and self.turn_secret is None:
            raise ValueError("BALCAO_TURN_URLS precisa de BALCAO_TURN_SECRET")
        if self.echo_url is not None and self.echo_secret is None:
            raise ValueError("BALCAO_ECHO_URL precisa de BALCAO_ECHO_SECRET")
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("BALCAO_TLS_CERT e BALCAO_TLS_KEY andam juntas")
        if self.media_policy is MediaPolicy.RELAY_STAFF and not self.turn_urls:
            raise ValueError("BALCAO_MEDIA_POLICY=relay_staff precisa de BALCAO_TURN_URLS")
        if not _begins(self.redis_url, "redis://", "rediss://", "unix://", "redis+cluster://"):
            raise ValueError("BALCAO_REDIS_URL começa por redis://, rediss://, unix:// ou redis+cluster://")
        if not _begins(self.database_url, "postgresql", "sqlite"):
            raise ValueError("BALCAO_DATABASE_URL começa por postgresql+asyncpg:// ou sqlite:///")
        return self

    @property
    def relays_staff(self) -> bool:
        """Whether a clerk's side stays on relay until the visitor pressed "Entrar"."""
        if self.media_policy is None:
            return bool(self.turn_urls)
        return self.media_policy is MediaPolicy.RELAY_STAFF

    @property
    def sql_url(self) -> str:
        """The SQLAlchemy URL of the directory and the past; it may hold a password."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.data_dir.absolute() / 'balcao.sqlite'}"

    @property
    def secure(self) -> bool:
        """Whether people reach the pages over HTTPS, so that cookies may say `Secure`."""
        return self.tls_cert is not None or (self.public_url or "").startswith("https://")


def read_settings(**chosen: Any) -> Settings:
    """Read the environment; `chosen` values, from the command line, win over it.

    Raises:
        StartupError: a variable does not hold what it should; the sentence names the first such variable.
    """
    try:
        return Settings(**chosen)
    except ValidationError as refused:
        first = refused.errors(include_url=False, include_input=False)[0]  # a wrong secret must not be printed
        if not first["loc"]:
            raise StartupError(f"Confira as variáveis de ambiente: {first['ctx']['error']}.") from None
        name = str(first["loc"][0])
        meaning = Settings.model_fields[name].description
        raise StartupError(f"Confira a variável {PREFIX}{name.upper()}. {meaning}") from None


def make_data_folder(folder: Path) -> None:
    """The data folder exists and is ours.

    Raises:
        StartupError: it cannot be made.

    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise StartupError(
            f"Não é possível escrever na pasta {folder}. Mude o dono dela ou escolha outra em BALCAO_DATA_DIR."
        ) from None


def site_secret(settings: Settings) -> str:
    """What signs receipts and hashes networks: from the settings, else made once in the data folder.

    Raises:
        StartupError: the data folder cannot be written.

    """
    if settings.receipt_key is not None:
        return settings.receipt_key.get_secret_value()
    return kept_secret(settings, "receipt.key", lambda: secrets.token_urlsafe(48))


def kept_secret(settings: Settings, name: str, make: Callable[[], str]) -> str:
    """What the data folder keeps under `name`, for its owner alone to read; made now if there is none.

    Raises:
        StartupError: the data folder cannot be written.
    """
    path = settings.data_dir / name
    try:
        with suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(make())
        return path.read_text(encoding="ascii")
    except OSError:
        raise StartupError(
            f"Não é possível escrever em {path}. Mude o dono da pasta ou escolha outra em BALCAO_DATA_DIR."
        ) from None


def explain_settings() -> Iterator[tuple[str, str, str]]:
    """Yield (variable, default in words, meaning) for every setting, in the order in which they are declared."""
    for name, field in Settings.model_fields.items():
        match field.default:
            case None | ():
                default = "—"
            case StrEnum() as chosen:
                default = chosen.value
            case other:
                default = str(other)
        yield f"{PREFIX}{name.upper()}", default, field.description or ""
