// Prints what prometheus-operator makes of the manifests on standard input: the configurations of Prometheus and of Alertmanager.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"

	"github.com/blang/semver/v4"
	"github.com/prometheus-operator/prometheus-operator/pkg/alertmanager"
	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	monitoringv1alpha1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1alpha1"
	"github.com/prometheus-operator/prometheus-operator/pkg/assets"
	"github.com/prometheus-operator/prometheus-operator/pkg/prometheus"
	corev1 "k8s.io/api/core/v1"
)

// A field that the operator leaves out is told on standard error.
var logger = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))

// What an Alertmanager has that selects AlertmanagerConfigs.
const base = "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n"

type input struct {
	server   *monitoringv1.Prometheus
	services map[string]*monitoringv1.ServiceMonitor
	pods     map[string]*monitoringv1.PodMonitor
	probes   map[string]*monitoringv1.Probe
	jobs     map[string]*monitoringv1alpha1.ScrapeConfig
	routes   map[string]*monitoringv1alpha1.AlertmanagerConfig
	secrets  []any
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	var manifests []json.RawMessage
	if err := json.NewDecoder(os.Stdin).Decode(&manifests); err != nil {
		return err
	}
	in := input{&monitoringv1.Prometheus{}, map[string]*monitoringv1.ServiceMonitor{}, map[string]*monitoringv1.PodMonitor{}, map[string]*monitoringv1.Probe{}, map[string]*monitoringv1alpha1.ScrapeConfig{}, map[string]*monitoringv1alpha1.AlertmanagerConfig{}, nil}
	for _, manifest := range manifests {
		if err := in.add(manifest); err != nil {
			return err
		}
	}
	server, err := in.prometheus()
	if err != nil {
		return err
	}
	routes, err := in.alertmanager()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]string{"prometheus": string(server), "alertmanager": string(routes)})
}

func (in *input) add(manifest json.RawMessage) error {
	var head struct {
		Kind     string
		Metadata struct{ Name, Namespace string }
	}
	if err := json.Unmarshal(manifest, &head); err != nil {
		return err
	}
	key := head.Metadata.Namespace + "/" + head.Metadata.Name
	var err error
	switch head.Kind {
	case "Prometheus":
		err = json.Unmarshal(manifest, in.server)
	case "ServiceMonitor":
		in.services[key], err = decoded[monitoringv1.ServiceMonitor](manifest)
	case "PodMonitor":
		in.pods[key], err = decoded[monitoringv1.PodMonitor](manifest)
	case "Probe":
		in.probes[key], err = decoded[monitoringv1.Probe](manifest)
	case "ScrapeConfig":
		in.jobs[key], err = decoded[monitoringv1alpha1.ScrapeConfig](manifest)
	case "AlertmanagerConfig":
		in.routes[key], err = decoded[monitoringv1alpha1.AlertmanagerConfig](manifest)
	case "Secret":
		var secret *corev1.Secret
		if secret, err = decoded[corev1.Secret](manifest); err == nil {
			// As the API server does.
			secret.Data = map[string][]byte{}
			for name, value := range secret.StringData {
				secret.Data[name] = []byte(value)
			}
			in.secrets = append(in.secrets, secret)
		}
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", head.Kind, key, err)
	}
	return nil
}

func decoded[T any](manifest json.RawMessage) (*T, error) {
	var object T
	return &object, json.Unmarshal(manifest, &object)
}

func (in *input) prometheus() ([]byte, error) {
	generator, err := prometheus.NewConfigGenerator(logger, in.server, prometheus.WithEndpointSliceSupport())
	if err != nil {
		return nil, err
	}
	store := assets.NewTestStoreBuilder(in.secrets...)
	// The operator reads the credentials of remote writes before it writes the configuration.
	if err := generator.AddRemoteWriteToStore(context.Background(), store, in.server.Namespace, in.server.Spec.RemoteWrite); err != nil {
		return nil, err
	}
	return generator.GenerateServerConfiguration(in.server, in.services, in.pods, in.probes, in.jobs, store, nil, nil, nil, []string{"rules"})
}

func (in *input) alertmanager() ([]byte, error) {
	if len(in.routes) == 0 {
		return nil, nil
	}
	version, err := semver.ParseTolerant("v0.34.0")
	if err != nil {
		return nil, err
	}
	selecting := &monitoringv1.Alertmanager{}
	selecting.Spec.AlertmanagerConfigMatcherStrategy.Type = monitoringv1.NoneConfigMatcherStrategyType
	builder := alertmanager.NewConfigBuilder(logger, version, assets.NewTestStoreBuilder(in.secrets...), selecting)
	if err := builder.InitializeFromRawConfiguration([]byte(base)); err != nil {
		return nil, err
	}
	if err := builder.AddAlertmanagerConfigs(context.Background(), in.routes); err != nil {
		return nil, err
	}
	return builder.MarshalJSON()
}
