### Cuentas: crear, iniciar y cerrar sesión, enlaces de una sola vez, perfil, correos.

person-name = Nombre como irá en el certificado
person-name-hint = Puede corregirlo después. Un certificado ya emitido conserva el nombre que tenía.
person-login = Correo electrónico o nombre de usuario
person-login-hint = No hace falta tener correo: invente un nombre de usuario, como ana.perez. Con un correo podrá recuperar la contraseña sin ayuda.
person-new-password = Contraseña
person-password-hint = De 8 a 128 caracteres. Una frase larga es buena idea.
person-language = Idioma del campus
person-choose-language = Elija un idioma
person-country = País donde trabaja
person-choose-country = Elija un país
person-institution = Institución
person-occupation = Ocupación
person-choose-occupation = Elija una ocupación

refused-name-too-short = Escriba su nombre, con al menos 2 letras
refused-name-too-long = El nombre puede tener hasta 120 caracteres: escriba uno más corto
refused-name-character = El nombre tiene un carácter que no se puede imprimir: bórrelo y escríbalo de nuevo
refused-name-no-letter = Escriba su nombre con letras
refused-email-too-long = El correo puede tener hasta 254 caracteres: revise si está bien escrito
refused-email-malformed = Escriba un correo completo, como nombre@ejemplo.org
refused-user-name-too-short = El nombre de usuario necesita al menos 3 caracteres
refused-user-name-too-long = El nombre de usuario puede tener hasta 40 caracteres: elija uno más corto
refused-user-name-character = En el nombre de usuario use solo letras de la a a la z sin tilde, números, punto, guion y guion bajo
refused-login-taken = Ya hay una cuenta con este correo o nombre de usuario. Si es suya, inicie sesión o pida una contraseña nueva; si no, elija otro nombre de usuario
refused-institution-too-long = El nombre de la institución puede tener hasta 160 caracteres: escriba uno más corto
refused-password-too-short = La contraseña necesita al menos 8 caracteres
refused-password-too-long = La contraseña puede tener hasta 128 caracteres: elija una más corta
refused-password-common = Esta contraseña es fácil de adivinar: use una frase de varias palabras, sin su nombre

sign-up = Crear una cuenta
sign-up-lead = Es gratis. Pedimos solo lo que lleva el certificado y lo que ayuda a contar quién se forma.
sign-up-send = Crear la cuenta
sign-up-known = Ya tengo cuenta
sign-up-link = Crear una cuenta gratuita

sign-in-password = Contraseña
sign-in-unknown = La cuenta o la contraseña no coinciden. Revise las dos e intente otra vez, o pida una contraseña nueva
sign-in-own-device = Este equipo es solo mío: mantener la sesión iniciada
sign-in-own-device-hint = Si lo comparte, deje la casilla vacía: la sesión termina al cerrar el navegador.
sign-in-first-time = ¿Es su primera vez?

reset = Recuperar la contraseña
reset-link = Olvidé mi contraseña
reset-lead = Le enviaremos un enlace por correo. Sirve una sola vez, durante una hora.
reset-without-email = Si su cuenta no tiene correo, pida ayuda a quien coordina su grupo o administra el campus.
reset-login-missing = Escriba el correo o el nombre de usuario de su cuenta
reset-send = Enviar el enlace
reset-back = Volver
reset-sent = Revise su correo
reset-sent-words = Si hay una cuenta con ese dato y tiene correo electrónico, le enviamos un enlace que sirve durante una hora. Si no llega en unos minutos, revise la carpeta de correo no deseado. Si su cuenta no tiene correo, pida ayuda a quien coordina su grupo o administra el campus.
reset-new = Elegir una contraseña nueva
reset-new-lead = Al guardarla se cierra la sesión en todos los equipos donde estaba abierta.
reset-new-send = Guardar la contraseña
reset-dead = Ya se usó o pasó más de una hora. Pida otro.
reset-again = Pedir otro enlace

link-dead = Este enlace ya no sirve

email-verify = Comprobar su correo
email-verify-lead = Con este paso sabemos que el correo es suyo y que podrá recuperar la contraseña con él.
email-verify-send = Comprobar mi correo
email-verify-dead = Ya se usó o pasó más de una semana. Si su correo sigue sin comprobar, en «Mi cuenta» puede pedir otro enlace.
email-verify-again = Ir a mi cuenta

profile-login = Inicia sesión con
profile-save = Guardar
profile-unverified = Falta comprobar su correo
profile-unverified-words = Le enviamos un mensaje con un enlace: ábralo y use el botón. Si no llegó, revise la carpeta de correo no deseado o pida otro.
profile-verify-again = Enviar otro mensaje
profile-sign-out = Cerrar sesión
profile-sign-out-words = En un equipo compartido, cierre la sesión al terminar.

setup = Preparar el campus
setup-lead = Esta cuenta administrará el campus. El enlace sirve una sola vez.
setup-dead = Ya se usó, venció o el campus ya tiene quien lo administre. Si todavía no hay quien lo administre, vuelva a iniciar el programa: mostrará un enlace nuevo.

mail-verify-subject = E-Campus: compruebe su correo
mail-verify-text =
    Para comprobar que este correo es suyo, abra este enlace y use el botón:

    { $link }

    Sirve una sola vez, durante 7 días. Si usted no lo pidió, no haga nada.
mail-reset-subject = E-Campus: contraseña nueva
mail-reset-text =
    Para elegir una contraseña nueva, abra este enlace:

    { $link }

    Sirve una sola vez, durante una hora. Si usted no lo pidió, no haga nada: su contraseña sigue igual.

mailbox = Correos de prueba
mailbox-lead = Esta página existe solo durante el desarrollo: muestra los correos que el programa guarda en archivos en lugar de enviarlos.
mailbox-empty = Todavía no hay correos.
sign-out-unsent-title = Quedan respuestas en este dispositivo
sign-out-unsent = Hay respuestas de un cuestionario que aún no llegan al campus. Si sale ahora, siguen guardadas aquí y se envían cuando usted vuelva a entrar en este dispositivo. Nadie más las ve.
sign-out-anyway = Salir de todos modos
stay-signed-in = Seguir y enviarlas
