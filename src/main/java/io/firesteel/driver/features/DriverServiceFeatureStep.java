package io.firesteel.driver.features;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.DriverPorts;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.driver.submit.SparkConf;
import io.firesteel.driver.submit.Submission;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * The headless Service by which executors find the driver. After {@code DriverServiceFeatureStep}.
 */
final class DriverServiceFeatureStep {

  private DriverServiceFeatureStep() {}

  static void apply(Submission submission, DriverDraft draft) {
    if (submission.conf().contains("spark.driver.bindAddress")) {
      draft.invalid(
          "spark.driver.bindAddress",
          "must be the address of the pod, which is the default",
          "leave it out");
    }
    DriverPorts ports = DriverPorts.ofService(submission);
    draft.properties().put("spark.driver.port", Integer.toString(ports.rpc()));
    draft
        .properties()
        .put("spark.driver.blockManager.port", Integer.toString(ports.blockManager()));

    if (submission.service()) {
      service(submission, draft, ports);
    } else {
      // Without a Service, executors cannot resolve the host name of the driver.
      draft.envFromField("SPARK_LOCAL_HOSTNAME", "status.podIP");
    }
  }

  private static void service(Submission submission, DriverDraft draft, DriverPorts ports) {
    String name = submission.names().prefix() + "-driver-svc";
    draft.properties().put("spark.driver.host", name + "." + submission.namespace() + ".svc");
    var service = new Service();
    service.setMetadata(metadata(name, submission));
    service.setSpec(spec(submission, draft, ports));
    draft.owned().add(service);
  }

  private static ObjectMeta metadata(String name, Submission submission) {
    var metadata = new ObjectMeta();
    metadata.setName(name);
    metadata.setAnnotations(
        submission.conf().withPrefix("spark.kubernetes.driver.service.annotation."));
    var labels = new TreeMap<String, String>();
    labels.put(PodLabels.SPARK_APP_SELECTOR, submission.names().applicationId());
    labels.putAll(submission.conf().withPrefix("spark.kubernetes.driver.service.label."));
    metadata.setLabels(labels);
    return metadata;
  }

  private static ServiceSpec spec(Submission submission, DriverDraft draft, DriverPorts ports) {
    SparkConf conf = submission.conf();
    var spec = new ServiceSpec();
    spec.setClusterIP("None");
    // Executors register with a driver whose pod is not ready yet.
    spec.setPublishNotReadyAddresses(true);
    spec.setIpFamilyPolicy(
        conf.string("spark.kubernetes.driver.service.ipFamilyPolicy", "SingleStack"));
    spec.setIpFamilies(
        Arrays.asList(
            conf.string("spark.kubernetes.driver.service.ipFamilies", "IPv4").split(",", -1)));
    spec.setSelector(BasicDriverFeatureStep.labels(submission, draft));
    ports.byName().forEach((name, port) -> spec.getPorts().add(port(name, port)));
    return spec;
  }

  private static ServicePort port(String name, int number) {
    var port = new ServicePort();
    port.setName(name);
    port.setPort(number);
    port.setTargetPort(new IntOrString(number));
    return port;
  }
}
