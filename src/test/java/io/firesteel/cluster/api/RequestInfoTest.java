package io.firesteel.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestInfoTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/pods?labelSelector=a, list, '', pods",
    "GET, /api/v1/pods?watch=true, watch, '', pods",
    "POST, /api/v1/namespaces/a/pods, create, '', pods",
    "GET, /api/v1/namespaces/a/pods/p, get, '', pods",
    "GET, /api/v1/namespaces/a/pods/p/log?tailLines=20, get, '', pods/log",
    "DELETE, /api/v1/namespaces/a/pods/p, delete, '', pods",
    "DELETE, /api/v1/namespaces/a/pods, deletecollection, '', pods",
    "POST, /apis/networking.k8s.io/v1/namespaces/a/ingresses, create, networking.k8s.io, ingresses",
    "PATCH, /apis/scheduling.volcano.sh/v1beta1/namespaces/a/podgroups/g, patch, scheduling.volcano.sh, podgroups",
    "GET, /api/v1/namespaces/a, get, '', namespaces",
    "GET, /version, get, '', /version"
  })
  void namesWhatARoleMustGrant(
      String method, URI address, String verb, String group, String resource) {
    assertThat(RequestInfo.of(method, address)).isEqualTo(new RequestInfo(verb, group, resource));
  }
}
