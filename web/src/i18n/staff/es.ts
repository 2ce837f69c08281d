import type { StaffWords } from "~/i18n/staff/pt";

export const es: StaffWords = {
  attendant: "Atención",
  supervisor: "Tablero de las unidades",
  login: "Nombre de acceso",
  password: "Contraseña",
  signIn: "Entrar",
  signingIn: "Entrando",
  signOut: "Salir",
  show: "Mostrar contraseña",
  hide: "Ocultar contraseña",
  loginMissing: "Escriba su nombre de acceso.",
  passwordMissing: "Escriba su contraseña.",
  forgotten: "¿Olvidó la contraseña? Hable con quien cuida los accesos en el tribunal.",
  finding: "Abriendo",
  tooMany: (wait) => `Muchos intentos. Espere ${wait} e intente de nuevo.`,
  why: {
    signed_out:
      "Su acceso fue cerrado aquí, en otra ventana o por la supervisión. Entre de nuevo para continuar.",
    session_over: "Su acceso terminó. Entre de nuevo para continuar.",
  },
  offline: "Sin internet. Estamos intentando de nuevo.",
  offlineNow: "Intentar ahora",
};
