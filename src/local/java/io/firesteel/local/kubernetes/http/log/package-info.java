/** {@code GET …/pods/NAME/log}: sends and follows the logs of the kubelet. */
@NullMarked
package io.firesteel.local.kubernetes.http.log;

import org.jspecify.annotations.NullMarked;
