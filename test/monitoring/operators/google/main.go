// Prints what Google's managed Prometheus makes of the manifests on standard input: jobs of Prometheus, and groups of rules.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	monitoringv1 "github.com/GoogleCloudPlatform/prometheus-engine/pkg/operator/apis/monitoring/v1"
	"github.com/prometheus/prometheus/config"
	"gopkg.in/yaml.v3"
)

// Where the cluster is.
const project, location, cluster = "acme-production", "europe-west6", "main"

// What resources that are scraped have in common.
type monitoring interface {
	ScrapeConfigs(projectID, location, cluster string, pool monitoringv1.PrometheusSecretConfigs) ([]*config.ScrapeConfig, error)
}

type output struct {
	Jobs   []*config.ScrapeConfig `yaml:"scrape_configs"`
	Groups map[string]string      `yaml:"groups"`
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
	out := output{Groups: map[string]string{}}
	for _, manifest := range manifests {
		if err := out.add(manifest); err != nil {
			return err
		}
	}
	return yaml.NewEncoder(os.Stdout).Encode(out)
}

func (out *output) add(manifest json.RawMessage) error {
	var head struct {
		Kind     string
		Metadata struct{ Name, Namespace string }
	}
	if err := json.Unmarshal(manifest, &head); err != nil {
		return err
	}
	name := fmt.Sprintf("%s/%s/%s", head.Kind, head.Metadata.Namespace, head.Metadata.Name)
	var err error
	switch head.Kind {
	case "PodMonitoring":
		err = out.scraped(manifest, &monitoringv1.PodMonitoring{})
	case "ClusterPodMonitoring":
		err = out.scraped(manifest, &monitoringv1.ClusterPodMonitoring{})
	case "OperatorConfig":
		var object monitoringv1.OperatorConfig
		if err = json.Unmarshal(manifest, &object); err == nil {
			var jobs []*config.ScrapeConfig
			jobs, err = object.Collection.ScrapeConfigs()
			out.Jobs = append(out.Jobs, jobs...)
		}
	case "Rules":
		var object monitoringv1.Rules
		if err = json.Unmarshal(manifest, &object); err == nil {
			out.Groups[name], err = object.RuleGroupsConfig(project, location, cluster)
		}
	case "ClusterRules":
		var object monitoringv1.ClusterRules
		if err = json.Unmarshal(manifest, &object); err == nil {
			out.Groups[name], err = object.RuleGroupsConfig(project, location, cluster)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (out *output) scraped(manifest json.RawMessage, object monitoring) error {
	if err := json.Unmarshal(manifest, object); err != nil {
		return err
	}
	jobs, err := object.ScrapeConfigs(project, location, cluster, nil)
	out.Jobs = append(out.Jobs, jobs...)
	return err
}
