### Informes de coordinación y biblioteca de cursos.

report-title = Informe de finalización
report-lead = Quién completó cada curso, con los datos de ese día. Los cambios posteriores en un curso o en una cuenta no alteran el informe.
report-filters = Filtros del informe
report-course = Curso
report-course-all = Todos
report-course-unknown = Elija un curso de la lista.
report-country = País
report-country-all = Todos
report-country-unknown = Elija un país de la lista.
report-institution = Institución
report-institution-all = Todas
report-institution-contains = El nombre contiene «{ $part }»
report-institution-malformed = Escriba una parte del nombre en una sola línea, de 200 caracteres o menos.
report-quarter = Trimestre
report-quarter-none = Sin trimestre
report-quarter-name = { $number ->
    [1] 1.er trimestre de { $year }
    [3] 3.er trimestre de { $year }
   *[other] { $number }.º trimestre de { $year }
}
report-quarter-malformed = Elija un trimestre de la lista.
report-from = Desde
report-to = Hasta
report-day-malformed = Escriba una fecha como 2026-03-31.
report-days-reversed = El último día está antes del primero. Cambie una de las dos fechas.
report-period-hint = El primer día y el último se incluyen, en la hora de { $zone }. Si elige un trimestre y además escribe una fecha, vale la fecha.
report-show = Filtrar

report-results = Resultados
report-period = Periodo
report-from-to = Del { $from } al { $to }, ambos incluidos
report-since = Desde el { $from }, incluido
report-until = Hasta el { $to }, incluido
report-all-days = Todas las fechas
report-count = { $n ->
    [one] 1 finalización.
   *[other] { $n } finalizaciones.
}
report-zone = Fechas en la hora de { $zone }.
report-none = Nadie ha completado un curso con estos filtros.
report-none-next = Amplíe el periodo o quite un filtro y elija «Filtrar».
report-download = Descargar CSV
report-exports-are-logged = Cada descarga queda en un registro: quién la hizo, cuándo y con qué filtros.
report-pages = Páginas
report-range = { $first }–{ $last } de { $count }
report-previous = Anteriores
report-next = Siguientes

report-head-name = Nombre
report-head-version = Versión
report-head-occupation = Ocupación
report-head-language = Idioma
report-head-score = Puntaje
report-head-completed = Fecha de finalización
report-erased = Nombre borrado
report-no-score = Sin puntaje

report-file-title = Informe
report-file-zone = Zona horaria
report-file-author = Preparado por
report-file-made = Fecha de preparación

library-title = Biblioteca de cursos
library-lead = Los cursos tal como este servidor los leyó al arrancar. Los mensajes sobre los archivos están en inglés.
library-problems = Problemas
library-no-problems = No hay problemas.
library-no-problems-next = Todos los cursos de la biblioteca se leyeron sin errores ni avisos.
library-refused = Este curso no se cargó. Sigue disponible su versión anterior, si la había. Corrija los errores y reinicie el servidor.
library-with-warnings = Este curso se cargó. Los avisos no impiden usarlo, pero conviene corregirlos.
library-error = Error
library-warning = Aviso
library-offered = Cursos disponibles
library-none = Todavía no hay cursos disponibles.
library-none-next = Corrija los problemas de arriba o revise la carpeta de la biblioteca, y reinicie el servidor.
library-head-code = Código
library-head-title = Título
library-head-version = Versión
library-head-languages = Idiomas
