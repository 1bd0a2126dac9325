package io.firesteel.local.kubelet;

import io.firesteel.local.kubelet.plan.SparkInstall;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tests of a class share an API server and a node, which has no Spark and little room. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnOneNode {

  LocalCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) {
    var noSpark = new SparkInstall(Path.of("/nowhere"), folder, "", List.of(), List.of(), false);
    cluster =
        new LocalCluster(
            folder,
            noSpark,
            options ->
                options.giving(BigDecimal.valueOf(8), 4L << 30).backingOff(Duration.ofMillis(300)));
  }

  @AfterAll
  void stop() {
    cluster.close();
  }
}
