package io.firesteel.local.kubernetes.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.local.kubernetes.store.JsonTrees;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergePatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":1}                                  | {"b":2}                                                | {"a":1,"b":2}
          {"a":{"x":1}}                            | {"a":{"x":null,"y":2}}                                 | {"a":{"y":2}}
          {"a":{"x":1}}                            | {"a":{"$patch":"replace","y":2}}                       | {"a":{"y":2}}
          {"a":{"x":1}}                            | {"a":{"$patch":"delete"}}                              | {"a":{}}
          {"a":{"x":1,"y":2}}                      | {"a":{"$retainKeys":["y"],"y":3}}                      | {"a":{"y":3}}
          {"args":["a","b"]}                       | {"args":["c"]}                                         | {"args":["c"]}
          {"finalizers":["a","b"]}                 | {"finalizers":["c"]}                                   | {"finalizers":["a","b","c"]}
          {"finalizers":["a","b"]}                 | {"$deleteFromPrimitiveList/finalizers":["a"]}          | {"finalizers":["b"]}
          {"env":[{"name":"A","value":"1"}]}       | {"env":[{"name":"B","value":"2"}]}                     | {"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}
          {"env":[{"name":"A","value":"1"}]}       | {"env":[{"name":"A","$patch":"delete"}]}               | {"env":[]}
          {"env":[{"name":"A","value":"1"}]}       | {"env":[{"$patch":"replace"},{"name":"C"}]}            | {"env":[{"name":"C"}]}
          {"ports":[{"containerPort":1,"name":"a"}]} | {"ports":[{"containerPort":1,"name":"b"}]}           | {"ports":[{"containerPort":1,"name":"b"}]}
          {"ports":[{"port":1}]}                   | {"ports":[{"port":2}]}                                 | {"ports":[{"port":1},{"port":2}]}
          {"volumeMounts":[{"mountPath":"/a"}]}    | {"volumeMounts":[{"mountPath":"/a","name":"v"}]}       | {"volumeMounts":[{"mountPath":"/a","name":"v"}]}
          {"ownerReferences":[{"uid":"1"}]}        | {"ownerReferences":[{"uid":"1","$patch":"delete"}]}    | {"ownerReferences":[]}
          {"conditions":[{"type":"Ready"}]}        | {"conditions":[{"type":"Ready","status":"True"}]}      | {"conditions":[{"type":"Ready","status":"True"}]}
          """)
  void mergesAsTheServerDoes(String original, String patch, String expected)
      throws JsonProcessingException {
    ObjectNode before = object(original);

    ObjectNode merged = StrategicMergePatch.apply(before, object(patch));

    assertThat(merged).isEqualTo(object(expected));
    assertThat(before).as("the original stays as it was").isEqualTo(object(original));
  }

  private static ObjectNode object(String text) throws JsonProcessingException {
    return (ObjectNode) JsonTrees.MAPPER.readTree(text);
  }
}
