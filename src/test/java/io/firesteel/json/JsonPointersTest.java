package io.firesteel.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class JsonPointersTest {

  @Test
  void escapesTheCharactersThatAPointerReserves() {
    assertThat(JsonPointers.child("/labels", "a/b~c")).isEqualTo("/labels/a~1b~0c");
    assertThat(JsonPointers.child("", "")).isEqualTo("/");
  }

  @Property(tries = 500)
  void findsTheFieldOfAnyName(@ForAll String name) {
    var object = JsonNodeFactory.instance.objectNode().put(name, true);

    assertThat(object.at(JsonPointer.compile(JsonPointers.child("", name))).asBoolean()).isTrue();
  }

  @Test
  void findsTheLineOfAFieldWithALongName() throws IOException {
    String name = "x".repeat(200);
    var document = YamlReader.read("first: 1\n" + name + ": 2\n").getFirst();
    var errors = new ArrayList<ValidationError>();

    FieldReader.of(document.tree(), "", errors).ignore("first").rejectUnknown();

    assertThat(document.line(errors.getFirst().pointer())).isEqualTo(2);
  }
}
