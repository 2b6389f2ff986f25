### Catálogo, cursos, lecciones, avance y encuesta.

catalogue-lead = Gratuitos, en línea y a su ritmo. Al terminar recibe un certificado que cualquiera puede comprobar.
search-courses = Buscar cursos
search-course = Buscar un curso
search = Buscar
filter-courses = Filtrar por tema, público o idioma
topic = Tema
any-topic = Todos los temas
audience = Para quién
any-audience = Todas las personas
course-language = Idioma del curso
any-language = Cualquier idioma
courses-found = { $n ->
    [one] 1 curso
   *[other] { $n } cursos
}
no-course-found = Ningún curso coincide
no-course-found-words = Pruebe con otra palabra o quite un filtro.
all-courses = Ver todos los cursos
enrolled = Inscripción activa
kilobytes-in-all = { $n } kB en total

breadcrumb = Ruta
course-with-code = Curso { $code }
for-audience = Para: { $audience }
objectives = Al terminar podrá
outline = Contenido
about-course = Sobre este curso
length = Duración
languages = Idiomas
download = Descarga
version = Versión
certificate-rule = Cómo se obtiene el certificado
valid-for-ever = El certificado no vence. Se comprueba con un código o escaneándolo.
valid-for-months = { $n ->
    [12] El certificado vale por 1 año. Se comprueba con un código o escaneándolo.
    [24] El certificado vale por 2 años. Se comprueba con un código o escaneándolo.
    [36] El certificado vale por 3 años. Se comprueba con un código o escaneándolo.
   *[other] El certificado vale por { $n } meses. Se comprueba con un código o escaneándolo.
}
enrol-free = Inscribirse gratis
continue = Continuar
see-certificate = Ver el certificado
still-missing = Para el certificado le falta:
progress-words = Lleva { $percent } de lo que pide el certificado
about-minutes = { $n ->
    [one] 1 minuto
   *[other] { $n } minutos
}
done = Hecho
next = Siguiente
survey = Encuesta final

rule-lessons = { $n ->
    [one] Leer la lección
   *[other] Leer las { $n } lecciones
}
rule-quizzes = { $n ->
    [one] Aprobar el cuestionario
   *[other] Aprobar los { $n } cuestionarios
}
rule-survey = Responder la encuesta final
rule-any = Una de estas opciones: { $ways }
or-between = {" "}o bien{" "}
to-do-lesson = Leer: { $title }
to-do-quiz = Aprobar: { $title }

go-on = Siga donde quedó
next-place = Curso { $code }. { $n ->
    [one] Le tomará cerca de 1 minuto.
   *[other] Le tomará unos { $n } minutos.
}
in-progress = En curso
completed = Completados
certificate = Certificado
still-missing-count = { $n ->
    [one] Para el certificado le falta 1 paso
   *[other] Para el certificado le faltan { $n } pasos
}
no-courses-yet = Todavía no tiene cursos
no-courses-yet-words = Elija uno: son gratuitos, se leen en diez minutos por lección y guardan su avance.

lesson-page-title = Curso { $code }, módulo { $module }, lección { $lesson }
module-name = Módulo { $n }: { $title }
lesson-place = Lección { $n } de { $of } del módulo
key-idea = Idea clave
lesson-end = Seguir
previous = Anterior
mark-read = Marcar como leída y seguir
go-to-next = Seguir
enrol-to-keep = Inscribirse y guardar el avance
skip-lesson = Omitir esta lección
terms = Palabras de esta lección
whole-course = Todo el curso

survey-answered = Ya respondió la encuesta de este curso. Gracias.
back-to-course = Volver al curso
survey-too-long = Escriba como máximo 2000 caracteres
send-survey = Enviar la encuesta
no-real-cases = No escriba nombres ni datos de casos reales.
facilitation-card = Para facilitar en grupo
facilitation-link = Guía para una sesión en grupo
