{{- define "bench.labels" -}}
app.kubernetes.io/name: {{ . }}
app.kubernetes.io/part-of: bench
{{- end }}

{{- define "bench.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "bench.labels" .name | nindent 2 }}
annotations:
  description: {{ .root.Values.description | quote }}
{{- end }}
