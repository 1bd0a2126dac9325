/** {@code GET …/pods/NAME/log}: sends what the kubelet wrote, and follows it. */
@NullMarked
package io.firesteel.local.kubernetes.http.log;

import org.jspecify.annotations.NullMarked;
