### Certificados propios y comprobación pública.

certificates-title = Certificados
certificates-none = Todavía no tiene certificados
certificates-none-next = Cuando complete un curso, su certificado aparecerá aquí de inmediato. Siga con un curso en el que ya se inscribió o elija otro.
certificates-to-learning = Seguir con mis cursos

certificate-title = Certificado
certificate-of = Certificado de { $name }
certificate-of-course = Certificado { $course }
certificate-records = { $issuer } hace constar que
certificate-completed-the-course = completó el curso
certificate-completed-on = Completado el { $day }
certificate-holder = Persona
certificate-course-title = Título del curso
certificate-course = Código del curso
certificate-course-version = { $course }, versión { $version }
certificate-length = Duración
certificate-completed = Fecha de finalización
certificate-day-in-zone = { $day } (hora de { $zone })
certificate-validity = Vigencia
certificate-valid-until-day = Hasta el { $day }, incluido
certificate-for-ever = No vence
certificate-issuer = Lo emitió
certificate-code = Código del certificado
certificate-check-at = Compruébelo en { $address }
certificate-note = Hace constar que se completó el curso. No es un título profesional ni una licencia, y no otorga facultades oficiales.
certificate-download = Descargar
certificate-open-public = Abrir la página pública
certificate-download-proof = Descargar los datos firmados (JWS)
certificate-share = Dirección para compartir
certificate-share-hint = Cópiela y envíela a quien necesite comprobar su certificado. Se abre sin cuenta y muestra los datos de este certificado y nada más.

certificate-is-valid = Certificado válido
certificate-is-expired = Certificado vencido
certificate-is-replaced = Certificado reemplazado
certificate-is-revoked = Certificado anulado
certificate-is-unknown = No encontramos ese código

verdict-valid = Lo emitió { $issuer } y sigue vigente. Consultado el { $moment }.
verdict-expired = Lo emitió este campus, pero su vigencia terminó en la fecha indicada abajo. Para saber si hay uno más reciente, pregunte a quien se lo mostró.
verdict-replaced = Lo emitió este campus, pero otro certificado ocupa ahora su lugar. Pida el más reciente a quien se lo mostró.
verdict-revoked = Lo emitió este campus, pero después lo anuló. Ya no tiene valor.
verdict-unknown = Revise si se confundió alguna letra o algún número y escríbalo otra vez. Si el código está bien copiado, este campus no emitió el certificado.

own-expired = Su vigencia terminó. Lo que dice sigue en el registro y puede descargarlo.
own-replaced = Otro certificado ocupa ahora su lugar. Lo encuentra en la lista de sus certificados.
own-revoked = Se anuló y ya no tiene valor. Si cree que es un error, escriba a quien administra el campus.

verify-title = Comprobar un certificado
verify-lead = Escriba el código que está en el certificado. También puede escanear su código QR. No hace falta una cuenta.
verify-code-hint = 24 letras y números en seis grupos de cuatro, por ejemplo 7KQ4-M2XD-9F3A-01BC-55TZ-8WEH. Los guiones y las mayúsculas no importan.
verify-code-missing = Escriba el código del certificado.
verify-code-malformed = Un código tiene 24 letras y números, en seis grupos de cuatro. Revise si falta o sobra alguno.
verify-do = Comprobar
verify-again = Escribir el código otra vez
verify-another = Comprobar otro certificado

signature-title = Firma digital: comprobarlo sin este campus
signature-what = Los datos de este certificado están firmados con una clave de este campus (JWS, algoritmo EdDSA con Ed25519). Si alguien cambia una sola letra, la firma deja de coincidir.
signature-how = Descargue los datos firmados y la clave pública. Con cualquier programa que compruebe firmas JWS, también sin conexión, verifique la firma y compare los datos con los del papel.
signature-key = Clave pública:
signature-limits = La firma prueba quién emitió el certificado y que no se cambió. Si después se anuló o se reemplazó, solo lo dice esta página.

pdf-letters-title = Este certificado se imprime desde el navegador
pdf-letters-words = El nombre o el título lleva letras que la tipografía del PDF no tiene. Abra el certificado y use «Imprimir» en el menú del navegador; ahí puede elegir «Guardar como PDF».
pdf-letters-back = Abrir el certificado
