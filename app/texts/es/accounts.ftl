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

too-many-title = Demasiados intentos
too-many = Demasiados intentos en poco tiempo. Podrá probar otra vez en { $wait }.
wait-seconds = { $n ->
    [one] 1 segundo
   *[other] { $n } segundos
}
wait-minutes = { $n ->
    [one] 1 minuto
   *[other] { $n } minutos
}

confirm-title = Muestre que es usted
confirm-lead = Lo que sigue podría dejarle fuera de su cuenta. Para que nadie más lo haga en un equipo abierto, muestre otra vez quién es.
confirm-or = O, en lugar de la contraseña:
confirm-send = Continuar
confirm-wrong = Esta no es su contraseña. Revísela e intente otra vez
confirm-otherwise = Su cuenta no tiene contraseña. Cierre la sesión, iníciela de nuevo como siempre y vuelva aquí.

code-title = Segundo paso
code-lead = Abra en su teléfono la aplicación que muestra sus códigos y escriba el que aparece ahora.
code = Código
code-hint = Seis cifras de la aplicación, o uno de sus códigos de recuperación.
code-wrong = Este código no sirve: puede que haya cambiado o que ya se usara. Escriba el que aparece ahora
code-lost = ¿Perdió el teléfono y los códigos de recuperación? Pida ayuda a quien administra el campus.

passkey-title = Iniciar sesión con una llave de acceso
passkey-lead = Su dispositivo le pide la huella, el rostro o su PIN. No hace falta contraseña.
passkey-ask = Usar mi llave de acceso
passkey-use = Usar una llave de acceso
passkey-otherwise = De otra forma
passkey-missing = Esta página necesita scripts y un navegador que conozca las llaves de acceso. Puede seguir de otra forma.
passkey-failed = Su dispositivo no dio ninguna llave. Intente otra vez o siga de otra forma.
passkey-too-late = Tardó demasiado. Use el botón otra vez
passkey-wrong = Esta llave no abre ninguna cuenta aquí. Pruebe con otra o siga de otra forma
passkey-not-made = No se pudo guardar la llave. Intente otra vez
passkey-name = Nombre de esta llave
passkey-name-hint = Para reconocerla después: el dispositivo donde la guarda.
passkey-new-lead = Su dispositivo guardará una llave que solo se usa con su huella, su rostro o su PIN.
passkey-make = Crear la llave

security-title = Segundo paso al iniciar sesión
security-lead = Con un segundo paso nadie entra solo con su contraseña. Puede usar una aplicación que muestra códigos o una llave de acceso. Al agregarlo se cierran las sesiones que empezaron sin él.
security-asked-for = Su función necesita un segundo paso
security-asked-for-words = Mientras no agregue uno puede aprender, pero no coordinar ni administrar.
security-show-it = Ya tiene uno, pero no lo usó al iniciar la sesión.
security-app = Aplicación que muestra códigos
security-app-off = Sirve cualquier aplicación de códigos de un solo uso, también sin conexión.
security-app-on = Está en uso: después de la contraseña se le pide un código.
security-app-add = Agregar una aplicación
security-app-again = Cambiar de aplicación
security-app-remove = Dejar de usarla
security-passkeys = Llaves de acceso
security-passkeys-words = Una llave que guarda su teléfono, su computadora o su gestor de contraseñas. Abre su cuenta sin contraseña.
security-passkey-add = Agregar una llave de acceso
security-passkey-made = Creada el { $moment }.
security-passkey-used = Último uso: { $moment }.
security-passkey-remove = Quitar
security-codes = Códigos de recuperación
security-codes-left = { $n ->
    [one] Le queda 1 código. Cada uno sirve una sola vez.
   *[other] Le quedan { $n } códigos. Cada uno sirve una sola vez.
}
security-codes-new = Crear códigos nuevos

app-title = Agregar una aplicación que muestra códigos
app-lead = Escanee la imagen con la aplicación y escriba el código que muestra.
app-qr = Código QR para la aplicación
app-typed = Si no puede escanearla, escriba esta clave en la aplicación:
app-send = Empezar a usarla
app-wrong = Este no es el código de esta clave. Espere el siguiente y escríbalo; revise que la hora de su teléfono esté bien

codes-title = Sus códigos de recuperación
codes-lead = Si pierde el teléfono, con uno de estos podrá entrar. Se muestran solo esta vez.
codes-keep = Imprima esta página o copie los códigos en un lugar seguro que no sea el mismo teléfono. Cada uno sirve una sola vez.
codes-kept = Ya los guardé

sessions-title = Dónde tiene la sesión abierta
sessions-lead = Si no reconoce un equipo, cierre esa sesión y cambie su contraseña.
sessions-device-unknown = Equipo desconocido
sessions-this = Este equipo
sessions-started = Inicio: { $moment }.
sessions-seen = Último uso: { $moment }.
sessions-own = Equipo propio.
sessions-shared = Equipo compartido.
sessions-end = Cerrar esa sesión
sessions-end-others = Cerrar todas las demás

password-change = Cambiar la contraseña
password-change-lead = Sus demás sesiones se cierran y sus tokens de servicio dejan de funcionar. Esta sesión sigue abierta.
email-new = Correo electrónico nuevo
email-change = Cambiar el correo electrónico
email-change-lead = Enviaremos un enlace al correo nuevo. Nada cambia hasta que usted lo abra, dentro de una hora.
email-change-ask = Con este paso, desde ahora inicia sesión con este correo y los mensajes llegan a él.
email-change-send = Usar este correo
email-change-dead = Ya se usó, pasó más de una hora o el correo tiene otra cuenta.

profile-safety = Seguridad de su cuenta
profile-back = Volver a mi cuenta

mail-address-subject = E-Campus: confirme su correo nuevo
mail-address-text =
    Para usar este correo en su cuenta, abra este enlace y use el botón:

    { $link }

    Sirve una sola vez, durante una hora. Si usted no lo pidió, no haga nada.
mail-taken-subject = E-Campus: usted ya tiene una cuenta
mail-taken-text =
    Alguien, quizá usted, acaba de dar este correo. Ya tiene una cuenta y no se cambió nada.

    Para iniciar sesión: { $sign-in }
    Si olvidó la contraseña: { $reset }
mail-notice-subject = E-Campus: aviso sobre su cuenta
mail-notice-text =
    { $what }

    Si fue usted, no haga nada. Si no fue usted, elija ya una contraseña nueva: { $link }
    y escriba a quien administra el campus.
mail-notice-new-password = Se cambió la contraseña de su cuenta.
mail-notice-new-email = Su cuenta usa ahora otro correo electrónico.
mail-notice-second-factor-added = Se agregó un segundo paso a su cuenta.
mail-notice-second-factor-removed = Se quitó un segundo paso de su cuenta.
mail-notice-recovery-code = Alguien entró en su cuenta con un código de recuperación.
mail-notice-new-device = Alguien entró en su cuenta desde un equipo que no se había usado antes.
mail-notice-provider-linked = Se vinculó una cuenta de un ministerio: desde ahora abre su cuenta del campus.
mail-notice-provider-unlinked = Se desvinculó una cuenta de un ministerio: ya no abre su cuenta del campus.
mail-erased-text =
    Quien administra el campus borró su cuenta y lo que había en ella. Esto no se puede deshacer.

    Si usted no lo pidió, escriba a quien administra el campus.

people-title = Personas
people-search = Nombre, nombre de usuario o correo
people-search-send = Buscar
people-with-role = Personas con una función
people-found = Personas encontradas
people-none = No se encontró a nadie. Pruebe con una parte del nombre.
people-head-name = Nombre
people-head-country = País
people-head-state = Cuenta
people-open = Abierta
people-closed = Cerrada
people-closed-tag = Cuenta cerrada

person-since = Cuenta desde
person-yes = Sí
person-no = No
person-roles = Funciones
person-no-role = Ninguna función: puede aprender.
person-role = Función
person-role-country = Para
person-every-country = Todos los países
person-give-role = Dar esta función
person-take-role = Quitar esta función
person-role-hint = Cuando cambia una función, se cierran las sesiones de la persona.
person-help = Ayuda para iniciar sesión
person-send-link = Enviar un enlace para una contraseña nueva
person-make-link = Crear un enlace para una contraseña nueva
person-reset-second-factor = Quitar el segundo paso
person-link = Enlace para una contraseña nueva
person-link-words = Esta cuenta no tiene correo. Entregue el enlace en persona a su titular: sirve una sola vez, durante una hora, y se muestra solo ahora.
person-back = Volver a la cuenta
person-disable = Cerrar la cuenta
person-disable-words = Nadie podrá iniciar sesión con ella. Lo aprendido y los certificados se conservan.
person-enable = Abrir la cuenta otra vez
person-enable-words = Su titular podrá iniciar sesión con la misma contraseña.
person-erase = Borrar la cuenta
person-erase-words = Para quien lo pidió y no puede entrar. Quien puede entrar lo hace desde su cuenta.
person-erase-title = Borrar la cuenta de otra persona
person-erase-lead = Sucede de inmediato y no se puede deshacer. Hágalo solo si la persona se lo pidió y usted tiene certeza de quién es.
person-erase-consequences = Se borran la cuenta y todo lo que la persona escribió. Quedan, sin su nombre, una línea por cada curso completado (con país, institución y ocupación), los puntajes y las opciones elegidas. Quedan también sus certificados, con su nombre, a menos que la persona pida borrarlos.
person-erase-certificates = Borrar también sus certificados
person-erase-certificates-hint = Entonces ya nadie podrá comprobarlos, tampoco los impresos.
person-erase-send = Borrar esta cuenta para siempre
person-last-administrator = El campus necesita al menos una persona que lo administre: dé antes la función a otra
person-oneself = Esto no se puede hacer con la cuenta propia: pídalo a otra persona que administre
role-trainer = Formación
role-coordinator = Coordinación
role-administrator = Administración
provider-continue = Continuar con { $name }
provider-or = O con su cuenta del campus:
provider-going = Le llevamos a { $name }
provider-going-words = Allí inicia sesión y vuelve. El campus no ve su contraseña de { $name }.
provider-refused = No pudo entrar con { $name }
provider-back = Volver
provider-untrusted = { $name } envió una respuesta en la que el campus no puede confiar, así que nadie entró. Inténtelo otra vez; si vuelve a pasar, avise a su coordinación o a la administración del campus.
provider-unreachable = { $name } no responde en este momento. Inténtelo en unos minutos o entre de otra manera.
provider-stale = Esta entrada no empezó en este navegador, tardó más de 10 minutos o ya se usó. Vuelva y empiece de nuevo.
provider-denied = { $name } no confirmó que es usted, o usted no lo permitió. Puede intentarlo otra vez o entrar de otra manera.
provider-unverified = Ya hay una cuenta con su correo electrónico, pero nadie ha verificado todavía el correo. Si la cuenta es suya, entre con su contraseña, verifique el correo y vuelva. Si no lo es, avise a la administración del campus.
provider-other-identity = La cuenta del campus con su correo electrónico pertenece a otra cuenta de { $name }. Pida ayuda a su coordinación o a la administración del campus.
provider-linked-elsewhere = Esta cuenta de { $name } ya está vinculada a una cuenta del campus. Entre con ella para ver cuál es.
provider-domain = El campus solo acepta cuentas de { $name } con un correo verificado de la institución. Pida ayuda a su coordinación.
provider-no-account = Todavía no tiene una cuenta en el campus. Pídala a su coordinación, o cree una y vincúlela con { $name } en «Mi cuenta».
provider-closed = Esta cuenta del campus fue cerrada. Consulte a su coordinación o a la administración del campus.
provider-only-way-in = Su cuenta no tiene contraseña: sin { $name } ya no podría entrar. Primero ponga una contraseña, con «Olvidé mi contraseña».
provider-linked-title = Otras maneras de entrar
provider-linked-lead = Con una cuenta vinculada entra sin la contraseña del campus.
provider-linked-since = Vinculada desde { $since }. Último uso: { $used }.
provider-not-linked = Sin vincular.
provider-link = Vincular
provider-unlink = Desvincular

newcomer = Complete sus datos
newcomer-email = Correo electrónico

signed-out = Salió del campus
signed-out-words = Su sesión en { $name } sigue abierta. Si la computadora es compartida, ciérrela también allí.
signed-out-there = Cerrar la sesión de { $name }

notice-provider-linked = La cuenta quedó vinculada. Desde ahora puede entrar con ella.
notice-provider-unlinked = La cuenta ya no está vinculada.
