/**
 * Containers as plain processes of this machine: started as a group of their own, killed as a
 * group, watched for memory, and gone for good whatever happens to the kubelet.
 */
@NullMarked
package io.firesteel.local.kubelet.process;

import org.jspecify.annotations.NullMarked;
