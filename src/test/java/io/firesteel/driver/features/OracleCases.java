package io.firesteel.driver.features;

import io.firesteel.spec.SparkLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cases both Spark and we build: every fragment of configuration with a Java and a Python
 * application, then mixtures of several. The mixtures are the same in each run. Lines that are not
 * supported have every fragment once.
 */
final class OracleCases {

  /** Takes a property away that the application has. */
  static final String NOT_SET = "<not set>";

  /** Fragments that Spark refuses, or takes for something else, before a line. */
  private static final Map<String, SparkLine> SINCE =
      Map.of(
          "nfs", SparkLine.V3_1,
          "block-manager-port", SparkLine.V3_1,
          "proxy-user", SparkLine.V3_1,
          "claim-on-demand", SparkLine.V3_3,
          "claim-legacy-mode", SparkLine.V3_3);

  private static final int MIXTURES = 60;
  private static final int FRAGMENTS_IN_MIXTURE = 6;

  /** Some configuration that belongs together. */
  record Fragment(
      SortedMap<String, String> conf,
      List<String> arguments,
      @Nullable String proxyUser,
      @Nullable String driverTemplate,
      @Nullable String executorTemplate) {

    static Fragment conf(String... lines) {
      var conf = new TreeMap<String, String>();
      for (String line : lines) {
        int equals = line.indexOf('=');
        conf.put(line.substring(0, equals), line.substring(equals + 1));
      }
      return new Fragment(conf, List.of(), null, null, null);
    }
  }

  private OracleCases() {}

  static List<OracleCase> all(SparkLine line) {
    OracleCase java = application("java", "local:///opt/app/etl.jar", "org.example.Daily ETL");
    OracleCase python = application("python", "local:///opt/app/etl.py", null);
    var cases = new ArrayList<OracleCase>();
    cases.add(java);
    cases.add(python);
    cases.add(application("r", "local:///opt/app/model.R", null));
    cases.add(application("class-path", "spark-internal", "org.example.Main"));
    cases.add(application("remote", "https://jars.example/etl.jar", "org.example.Main"));
    SequencedMap<String, Fragment> fragments = OracleFragments.all();
    fragments.keySet().removeIf(name -> !line.atLeast(SINCE.getOrDefault(name, SparkLine.V3_0)));
    fragments.forEach((name, fragment) -> {
      if (line.isSupported() || !name.startsWith("python")) {
        cases.add(java.with(name, fragment));
      }
      if (line.isSupported() || name.startsWith("python")) {
        cases.add(python.with(name, fragment));
      }
    });
    if (line.isSupported()) {
      cases.addAll(mixtures(java, python, fragments));
    }
    return cases;
  }

  /** Submissions that Spark refuses. */
  static List<OracleCase> refused() {
    OracleCase java = application("java", "local:///opt/app/etl.jar", "org.example.Main");
    var cases = new ArrayList<OracleCase>();
    OracleRejections.all().forEach((name, fragment) -> cases.add(java.with(name, fragment)));
    return cases;
  }

  private static List<OracleCase> mixtures(
      OracleCase java, OracleCase python, Map<String, Fragment> fragments) {
    var random = new Random(4);
    var names = new ArrayList<>(fragments.entrySet());
    var mixtures = new ArrayList<OracleCase>();
    for (int i = 0; i < MIXTURES; i++) {
      OracleCase mixture = i % 3 == 0 ? python : java;
      for (int j = 0; j < FRAGMENTS_IN_MIXTURE; j++) {
        Map.Entry<String, Fragment> more = names.get(random.nextInt(names.size()));
        mixture = mixture.with(more.getKey(), more.getValue());
      }
      mixtures.add(mixture);
    }
    return mixtures;
  }

  private static OracleCase application(String name, String resource, @Nullable String mainClass) {
    var conf = new TreeMap<String, String>();
    conf.put("spark.master", "k8s://https://kubernetes.default.svc");
    conf.put("spark.app.name", "Daily ETL_job.v2");
    conf.put("spark.kubernetes.namespace", "acme-jobs");
    conf.put("spark.kubernetes.container.image", "registry.example/spark:4.1.1");
    return new OracleCase(
        name,
        resource,
        mainClass,
        List.of("1000"),
        null,
        conf,
        null,
        null,
        "spark-oracle-1",
        "oracle-1");
  }

  /** In the order given. */
  static SequencedMap<String, Fragment> ordered(Object... namesAndFragments) {
    var map = new LinkedHashMap<String, Fragment>();
    for (int i = 0; i < namesAndFragments.length; i += 2) {
      map.put((String) namesAndFragments[i], (Fragment) namesAndFragments[i + 1]);
    }
    return map;
  }
}
