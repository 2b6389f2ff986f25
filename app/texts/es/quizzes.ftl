### Cuestionarios: reglas, preguntas y resultado.

purpose-practice = Es para practicar y no cuenta para el certificado.
purpose-pre-test = Muestra de dónde parte usted. No cuenta para el certificado y puede omitirla.
purpose-module = Repasa lo leído en el módulo y cuenta para el certificado.
purpose-post-test = Cierra el curso y cuenta para el certificado.
feedback-after-submitting = Al enviarlo verá cada respuesta explicada.
feedback-after-last = Las explicaciones aparecen cuando lo aprueba o cuando ya no quedan intentos.
feedback-never = No muestra las respuestas: volveremos sobre ellas en el curso.
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
question-error = Pregunta { $n }: { $error }
choose-one = elija una opción
multiple-hint = Marque todas las que correspondan. Cada acierto suma y cada error resta; la pregunta nunca baja de cero.
saving = Guardando…
saved-at = Guardado a las { $clock }
not-saved = No se pudo guardar ahora. Su respuesta sigue en esta página y se guardará al enviar.
submit-quiz = Enviar el cuestionario
submit-anyway = Enviar con preguntas en blanco
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
question-by-question = Pregunta por pregunta
question-outcome = Pregunta { $n }: { $outcome }
right = correcta
wrong = por revisar
partly-right = correcta en parte
yours-right = Su respuesta, correcta
yours-wrong = Su respuesta
right-option = La mejor respuesta
other-option = Otra opción
