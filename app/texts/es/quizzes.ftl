### Cuestionarios: reglas, preguntas y resultado.

purpose-practice = Es para practicar y no cuenta para el certificado.
purpose-pre-test = Muestra de dónde parte usted. No cuenta para el certificado y puede omitirlo.
purpose-module = Repasa lo leído en el módulo y cuenta para el certificado.
purpose-post-test = Cierra el curso y cuenta para el certificado.
feedback-after-submitting = Al enviarlo verá cada respuesta explicada.
feedback-after-last = Las explicaciones aparecen cuando lo aprueba o cuando ya no quedan intentos.
feedback-never = No muestra las respuestas: volveremos sobre ellas en el curso.
feedback-at-once = Puede comprobar cada respuesta al darla; una vez comprobada, queda como está.
rule-one-at-a-time = Las preguntas van de una en una y puede ir y volver.
rule-drawn = En cada intento las preguntas se sortean de nuevo.
rule-pause = Entre un intento y otro hay que esperar { $n } h.
rule-time-limit = Tiene { $n } minutos; lo que llegue hasta { $grace } segundos después aún cuenta. Al terminar se envía lo guardado. Puede pedir el doble de tiempo.
more-time = Necesito el doble de tiempo
pause-until = Puede volver a intentarlo desde el { $moment }.
time-limit = Tiempo
time-limit-now = Termina a las { $clock }. Al abrir esta página quedaban { $n } min. Lo que llegue hasta { $grace } segundos después aún cuenta, y al terminar se envía lo guardado.
minutes-left = Quedan { "{n}" } min
time-over = Se acabó el tiempo: se envía lo guardado.
no-time-limit = No hay límite de tiempo; puede detenerse y volver cuando quiera.
questions = Preguntas
to-pass = Para aprobar
attempts = Intentos
attempts-unlimited = Todos los que quiera; cuenta el mejor
attempts-left = { $n ->
    [0] No quedan; eran { $of }
    [one] Le queda 1 de { $of }
   *[other] Le quedan { $n } de { $of }
}
start-attempt = Comenzar
go-on-attempt = Seguir con el intento abierto
skip-pre-test = Omitir y empezar a leer
earlier-attempts = Intentos anteriores
attempt = Intento
attempt-number = Intento { $n }
submitted = Enviado
score = Puntaje
outcome = Resultado
passed = Aprobado
not-passed = Aún no aprobado

answered-of = { $n } de { $of } respondidas. Intento { $attempt }.
question-of = Pregunta { $n } de { $of }
question-error = Pregunta { $n }. { $error }
choose-one = Elija una opción
multiple-hint = Marque todas las que correspondan. Cada acierto suma y cada error resta; la pregunta nunca baja de cero.
matching-hint = Elija una opción para cada línea. Cada acierto suma; puede sobrar alguna opción.
ordering-hint = Elija el lugar de cada paso. Cada paso en su lugar suma.
short-text-hint = Escriba una palabra o pocas. No importan mayúsculas, tildes ni espacios de más, salvo que la pregunta lo diga.
number-hint = Escriba solo el número; vale coma o punto decimal.
gaps-hint = Elija lo que falta en cada espacio. Cada acierto suma.
reflection-hint = No se califica y nadie más lo lee. No escriba nombres ni datos de casos reales.
gap-of = Espacio { $n } de { $of }
choose-place = Lugar
choose-option = Elija
choose-for-each = Elija una opción para cada línea o espacio
choose-more = { $n ->
    [one] Falta 1 por elegir
   *[other] Faltan { $n } por elegir
}
same-place = Hay dos pasos en el mismo lugar
write-something = Escriba una respuesta
not-a-number = Escriba un número
check-answer = Comprobar esta respuesta
next-question = Siguiente
previous-question = Anterior
answered = respondida
not-answered = sin responder
question-state = Pregunta { $n }, { $state }
on-this-device = Guardado en este dispositivo
needs-attention = Algunas respuestas no se pudieron aceptar:
signed-out-unsent = Su sesión terminó. Sus respuestas siguen en este dispositivo y se envían cuando vuelva a entrar.
send-now = Enviar ahora
unsent-answers = Respuestas que aún no llegan al campus: { "{n}" }
download-unsent = Descargar estas respuestas
forget-refused = Quitarlas de este dispositivo
submit-offline = No hay conexión. Sus respuestas están en este dispositivo; envíe el cuestionario cuando vuelva la señal.
stored-late = Llegó después del final: se conserva, pero no cuenta
refused-unknown-question = esa pregunta no es de este intento
refused-not-an-answer = esa respuesta no corresponde a la pregunta
refused-unknown-attempt = ese intento no es de su cuenta
refused-id-taken = ya hay otra respuesta con ese identificador
refused-too-many = este intento ya tiene demasiadas respuestas
refused-too-long = la respuesta es demasiado larga
saving = Guardando…
saved-at = Guardado a las { $clock }
not-saved = No se pudo guardar ahora. Su respuesta sigue en esta página y se guardará al enviar.
submit-quiz = Enviar el cuestionario
submit-anyway = Enviar tal como está
go-on-later = Guardar y seguir después

result-of-attempt = Resultado del intento { $n }
submitted-at = Enviado el { $moment }.
passed-from = Se aprueba con { $percent }.
attempts-still-left = { $n ->
    [0] No le quedan intentos.
    [one] Le queda 1 intento.
   *[other] Le quedan { $n } intentos.
}
try-again = Intentar de nuevo
by-objective = Por objetivo
read-again = Qué conviene volver a leer
not-marked = no se califica
place-n = lugar { $n }
no-answer = Sin respuesta
reflections-private = Sus reflexiones no se califican y nadie más las lee.
download-answers = Descargar todo lo que se guardó de este intento
kept-question = pregunta
kept-answer = respuesta
kept-received = recibida
kept-outcome = estado
kept-stored = guardada
question-by-question = Pregunta por pregunta
question-outcome = Pregunta { $n }: { $outcome }
right = correcta
wrong = por revisar
partly-right = correcta en parte
yours-right = Su respuesta, correcta
yours-wrong = Su respuesta, por revisar
right-option = La mejor respuesta
other-option = Otra opción
