### Marco de todas las páginas, avisos, fechas y listas cerradas.

skip-to-content = Ir al contenido
nav-main = Principal
nav-footer = Pie de página
nav-languages = Idioma
nav-courses = Cursos
nav-learning = Mi aprendizaje
nav-certificates = Certificados
nav-reports = Informes
nav-administration = Administración
nav-account = Mi cuenta
sign-out = Cerrar sesión
nav-verify = Comprobar un certificado
nav-about = Acerca del campus
nav-privacy = Sus datos
nav-safety = Navegar con seguridad
sign-in = Iniciar sesión
quick-exit = Salir rápido de esta página
quick-exit-label = Salida rápida
quick-exit-note = Salir no borra el historial del navegador ni lo que registra un equipo compartido.
quick-exit-more = Cómo navegar con más privacidad
footer-words = Cursos gratuitos sobre migración y protección para quienes trabajan en el servicio público. Esta página no pide nada a otros sitios.
optional = opcional
errors-heading = { $n ->
    [one] Hay 1 dato por corregir
   *[other] Hay { $n } datos por corregir
}
to-catalogue = Ver los cursos
request-id = Si escribe a quien administra el campus, dé este número: { $id }

not-found-title = Esta página no existe
not-found-words = Puede que la dirección esté incompleta o que la página ya no esté. Su avance está a salvo.
forbidden-title = Su cuenta no puede abrir esta página
forbidden-words = Si la necesita para su trabajo, pida el permiso a quien administra el campus.
other-origin-title = No se aceptó el envío
other-origin-words = Llegó desde otra página. Vuelva, recargue la página del campus y envíelo otra vez. No se cambió nada.
method-title = Esta dirección solo recibe formularios
method-words = Vuelva a la página anterior y use el botón. No se cambió nada.
malformed-title = No se pudo leer lo enviado
malformed-words = Vuelva a la página anterior, recárguela y envíe el formulario otra vez. No se cambió nada.
kept-title = Su sesión ha terminado
kept-words = Lo que escribió sigue en esta página. Primero inicie sesión: se abre otra ventana. Después vuelva aquí y envíelo otra vez.
kept-show = Iniciar sesión en otra ventana
send-again = Enviar otra vez
unavailable-title = Ahora mismo el campus no puede guardar nada
unavailable-words = Lo que ya estaba guardado sigue guardado. Lo último que envió no se guardó: envíelo otra vez en unos minutos. Las respuestas que esperan en este dispositivo se envían solas en cuanto se pueda.
internal-title = Algo falló de nuestro lado
internal-words = Lo que ya estaba guardado sigue guardado. Intente de nuevo en un momento.

about-title = Acerca del campus
about-what = E-Campus ofrece cursos gratuitos, a su propio ritmo, sobre migración y protección, para quienes atienden a personas en servicios de salud, consulados, migración, policía, municipios y sociedad civil.
about-record = Guardamos lo que usted escribe en su perfil, las lecciones que marca como leídas, sus respuestas y sus certificados. La coordinación ve quién completó cada curso, con su país, institución, ocupación, idioma y puntaje; no ve sus respuestas ni la encuesta junto a su nombre. Quien tenga el código de un certificado ve su nombre, el curso y la fecha. Su inscripción se trata como información sensible: las direcciones y los correos llevan solo el código del curso.
about-licence = Los textos de los cursos se pueden copiar y adaptar con mención de la fuente (CC BY 4.0). El programa es libre (Apache-2.0 o MIT).

safety-title = Navegar con seguridad
safety-exit = El botón «Salir rápido de esta página» abre otro sitio. No borra el historial del navegador ni lo que registra un equipo del trabajo o compartido. Su avance queda guardado.
safety-private-window = Use una ventana privada o de incógnito: al cerrarla, el navegador no guarda las páginas visitadas.
safety-sign-out = En un equipo compartido, cierre la sesión al terminar.
safety-history = Si abrió el campus en una ventana común, puede borrar el historial de hoy en la configuración del navegador.
safety-affected-heading = Si algo de esto le afecta
safety-affected = Puede detenerse y volver cuando quiera. Hable con una persona de confianza o con quien supervisa su trabajo, y pregunte en su institución por los servicios de apoyo de su país.
safety-self-care-heading = Cuidarse para cuidar
safety-self-care = Dormir mal, irritarse, revivir imágenes o querer resolverlo todo pueden ser señales de carga. No son una falla personal. Ayuda descansar, poner límites, hablarlo con el equipo y pedir supervisión a la institución.

day = { $day } de { $month } de { $year }
moment = { $day }, { $clock } ({ $zone })
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

occupation-health = Salud
occupation-consular = Servicio consular
occupation-migration = Migración
occupation-police = Policía y justicia
occupation-social = Trabajo social y protección de la niñez
occupation-municipal = Municipalidad
occupation-civil-society = Sociedad civil
occupation-education = Educación y academia
occupation-other = Otra

topic-migration = Migración
topic-lgbti = Personas LGBTI
topic-trafficking = Trata de personas
topic-health = Salud
topic-consular = Protección consular
topic-protection = Protección

notice-enrolled = Inscripción confirmada. Puede detenerse y volver cuando quiera.
notice-profile-saved = Se guardaron los cambios.
notice-signed-out = Se cerró la sesión en este equipo.
notice-answers-saved = Sus respuestas quedaron guardadas.
notice-survey-thanks = Gracias. Sus respuestas quedaron guardadas.
notice-email-verified = Su correo electrónico quedó comprobado.
notice-verification-sent = Enviamos un mensaje con el enlace a su correo electrónico.
notice-password-changed = La contraseña se cambió. Inicie sesión con la nueva.
notice-account-made = Su cuenta está lista.
notice-password-saved = La contraseña se cambió. Sus demás sesiones se cerraron.
notice-email-asked = Revise el correo nuevo: enviamos un mensaje.
notice-email-changed = Su correo electrónico se cambió.
notice-sessions-ended = Listo: esa sesión se cerró.
notice-second-factor-added = El segundo paso está en uso.
notice-second-factor-removed = Ya no está en uso.
notice-person-changed = La cuenta se cambió.
notice-person-erased = La cuenta se borró.
notice-link-sent = Enviamos el enlace al correo de la cuenta.
