package io.firesteel.driver.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.driver.TestJson;
import org.junit.jupiter.api.Test;

class ObjectDiffTest {

  @Test
  void findsAFieldThatDiffersAndOneThatIsMissing() {
    assertThat(
            ObjectDiff.between(
                TestJson.read("{\"kind\": \"Pod\", \"a\": {\"b\": 1, \"c\": [1, 2]}}"),
                TestJson.read("{\"kind\": \"Pod\", \"a\": {\"b\": 2, \"c\": [1]}, \"d\": 3}")))
        .extracting(ObjectDiff.Difference::path)
        .containsExactly("/a/b", "/a/c", "/d");
  }

  @Test
  void takesNamesThatAreMadeUpForTheSame() {
    String spark =
        "{\"env\": [{\"name\": \"B\"}, {\"name\": \"A\"}],"
            + " \"x\": \"spark-drv-1-conf-map\","
            + " \"y\": \"/var/data/spark-11111111-2222-3333-4444-555555555555\"}";
    String ours =
        "{\"env\": [{\"name\": \"A\"}, {\"name\": \"B\"}],"
            + " \"x\": \"own\","
            + " \"y\": \"/var/data/spark-66666666-2222-3333-4444-555555555555\", \"z\": []}";

    assertThat(
            ObjectDiff.between(
                ObjectDiff.normalised(TestJson.read(spark), "spark-drv-1-conf-map"),
                ObjectDiff.normalised(TestJson.read(ours), "own")))
        .isEmpty();
  }
}
