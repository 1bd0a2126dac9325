package io.firesteel.tenant;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What decides about each field of a SparkApplication and of the objects that are built from it. A
 * field that is not in this table is denied, so a field that a new version of Kubernetes adds is
 * denied until someone classifies it. A test compares the table with the classes of Kubernetes.
 */
final class FieldTable {

  /** What decides about a field. */
  sealed interface Decision {
    /** It cannot lead out of the tenant's namespace. */
    record Free() implements Decision {}

    /** Denied unless {@code allow.fields} lists it. */
    record Denied() implements Decision {}

    /** A list of the tenant's definition. */
    record Listed(AllowSetting setting) implements Decision {}

    record Ruled(FieldRule rule) implements Decision {}
  }

  /**
   * One field.
   *
   * @param type the type of its value, or of the items of its array; empty for scalars, and for
   *     arrays and objects of scalars
   * @param map whether its value is an object with free keys and values of the type
   */
  record Field(Decision decision, Optional<String> type, boolean map) {}

  /**
   * One type for each line. {@code field>Type} is an object or an array of objects, {@code
   * field>{Type}} an object with free keys, {@code field=rule} a field with a list or a rule,
   * {@code field!} a denied one.
   */
  private static final String TYPES =
      """
      SparkApplicationSpec: arguments batchScheduler=BATCH_SCHEDULER batchSchedulerOptions>BatchSchedulerConfiguration deps>SparkDependencies driver>DriverSpec driverIngressOptions>DriverIngressConfiguration driverPodDisruptionBudget dynamicAllocation>DynamicAllocation executor>ExecutorSpec failureRetries hadoopConf hadoopConfigMap image=images imagePullPolicy imagePullSecrets=secrets mainApplicationFile mainClass memoryOverheadFactor mode monitoring>MonitoringSpec nodeSelector proxyUser=proxyUsers pythonVersion restartPolicy>RestartPolicy retryInterval sparkConf sparkConfigMap sparkUIOptions=INGRESS_RULE>SparkUiConfiguration sparkVersion suspend timeToLiveSeconds type volumes>Volume
      BatchSchedulerConfiguration: priorityClassName=priorityClasses queue resources
      SparkDependencies: archives excludePackages files jars packages pyFiles repositories
      DynamicAllocation: enabled initialExecutors maxExecutors minExecutors shuffleTrackingEnabled shuffleTrackingTimeout
      MonitoringSpec: exposeDriverMetrics exposeExecutorMetrics metricsProperties metricsPropertiesFile prometheus>PrometheusSpec
      PrometheusSpec: configFile configuration jmxExporterJar port portName
      RestartPolicy: onFailureRetries onFailureRetryInterval onSubmissionFailureRetries onSubmissionFailureRetryInterval type
      SparkUiConfiguration: ingressAnnotations=ingressAnnotations ingressTLS>IngressTLS serviceAnnotations=serviceAnnotations serviceLabels servicePort servicePortName serviceType=serviceTypes
      DriverIngressConfiguration: ingressAnnotations=ingressAnnotations ingressTLS>IngressTLS ingressURLFormat=INGRESS_URL serviceAnnotations=serviceAnnotations serviceLabels servicePort servicePortName serviceType=serviceTypes
      SparkPodSpec: affinity>Affinity annotations=POD_ANNOTATIONS configMaps>NamePath coreLimit coreRequest cores dnsConfig>PodDNSConfig env=JVM_OPTIONS>EnvVar envFrom>EnvFromSource envSecretKeyRefs>{NameKey} envVars gpu>GpuSpec hostAliases>HostAlias hostNetwork=HOST_NETWORK image=images initContainers>Container javaOptions labels=LABELS lifecycle>Lifecycle memory memoryLimit memoryOverhead nodeSelector podSecurityContext>PodSecurityContext ports>Port priorityClassName=priorityClasses schedulerName=schedulers secrets>SecretInfo securityContext>SecurityContext serviceAccount=SERVICE_ACCOUNT shareProcessNamespace sidecars>Container template>PodTemplateSpec terminationGracePeriodSeconds tolerations=TOLERATION>Toleration volumeMounts>VolumeMount
      DriverSpec(SparkPodSpec): kubernetesMaster=MASTER podName serviceAnnotations=serviceAnnotations serviceLabels
      ExecutorSpec(SparkPodSpec): deleteOnTermination instances
      NamePath: name path
      NameKey: key name=secrets
      SecretInfo: name=secrets path secretType
      GpuSpec: name=RESOURCES quantity
      Port: containerPort name protocol
      Pod: apiVersion kind metadata>ObjectMeta spec>PodSpec status!
      PodTemplateSpec: metadata>ObjectMeta spec>PodSpec
      ObjectMeta: annotations=POD_ANNOTATIONS creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers=CLEANUP generateName generation labels=LABELS managedFields! name namespace=NAMESPACE ownerReferences=CLEANUP resourceVersion selfLink uid
      PodSpec: activeDeadlineSeconds affinity>Affinity automountServiceAccountToken containers>Container dnsConfig>PodDNSConfig dnsPolicy enableServiceLinks ephemeralContainers! hostAliases>HostAlias hostIPC=HOST_NETWORK hostNetwork=HOST_NETWORK hostPID=HOST_NETWORK hostUsers hostname hostnameOverride imagePullSecrets>LocalObjectReference initContainers>Container nodeName=nodeNames nodeSelector os>PodOS overhead! preemptionPolicy! priority! priorityClassName=priorityClasses readinessGates>PodReadinessGate resourceClaims! resources>ResourceRequirements restartPolicy runtimeClassName=runtimeClasses schedulerName=schedulers schedulingGates>PodSchedulingGate securityContext>PodSecurityContext serviceAccount=SERVICE_ACCOUNT serviceAccountName=SERVICE_ACCOUNT setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations=TOLERATION>Toleration topologySpreadConstraints>TopologySpreadConstraint volumes>Volume
      Affinity: nodeAffinity>NodeAffinity podAffinity>PodAffinity podAntiAffinity>PodAntiAffinity
      NodeAffinity: preferredDuringSchedulingIgnoredDuringExecution>PreferredSchedulingTerm requiredDuringSchedulingIgnoredDuringExecution>NodeSelector
      PreferredSchedulingTerm: preference>NodeSelectorTerm weight
      NodeSelector: nodeSelectorTerms>NodeSelectorTerm
      NodeSelectorTerm: matchExpressions>NodeSelectorRequirement matchFields>NodeSelectorRequirement
      NodeSelectorRequirement: key operator values
      PodAffinity: preferredDuringSchedulingIgnoredDuringExecution>WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution>PodAffinityTerm
      PodAntiAffinity: preferredDuringSchedulingIgnoredDuringExecution>WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution>PodAffinityTerm
      WeightedPodAffinityTerm: podAffinityTerm>PodAffinityTerm weight
      PodAffinityTerm: labelSelector>LabelSelector matchLabelKeys mismatchLabelKeys namespaceSelector! namespaces! topologyKey
      LabelSelector: matchExpressions>LabelSelectorRequirement matchLabels
      LabelSelectorRequirement: key operator values
      TopologySpreadConstraint: labelSelector>LabelSelector matchLabelKeys maxSkew minDomains nodeAffinityPolicy nodeTaintsPolicy topologyKey whenUnsatisfiable
      Toleration: effect key operator tolerationSeconds value
      PodOS: name
      PodReadinessGate: conditionType
      PodSchedulingGate: name
      PodDNSConfig: nameservers options>PodDNSConfigOption searches
      PodDNSConfigOption: name value
      HostAlias: hostnames ip
      LocalObjectReference: name=secrets
      Container: args command env=JVM_OPTIONS>EnvVar envFrom>EnvFromSource image=images imagePullPolicy lifecycle>Lifecycle livenessProbe>Probe name ports>ContainerPort readinessProbe>Probe resizePolicy>ContainerResizePolicy resources>ResourceRequirements restartPolicy restartPolicyRules>ContainerRestartRule securityContext>SecurityContext startupProbe>Probe stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices>VolumeDevice volumeMounts>VolumeMount workingDir
      EnvVar: name value valueFrom>EnvVarSource
      EnvVarSource: configMapKeyRef>ConfigMapKeySelector fieldRef>ObjectFieldSelector fileKeyRef>FileKeySelector resourceFieldRef>ResourceFieldSelector secretKeyRef>SecretKeySelector
      ConfigMapKeySelector: key name optional
      ObjectFieldSelector: apiVersion fieldPath
      FileKeySelector: key optional path volumeName
      ResourceFieldSelector: containerName divisor resource
      SecretKeySelector: key name=secrets optional
      EnvFromSource: configMapRef>ConfigMapEnvSource prefix secretRef>SecretEnvSource
      ConfigMapEnvSource: name optional
      SecretEnvSource: name=secrets optional
      Lifecycle: postStart>LifecycleHandler preStop>LifecycleHandler stopSignal
      LifecycleHandler: exec>ExecAction httpGet>HTTPGetAction sleep>SleepAction tcpSocket>TCPSocketAction
      Probe: exec>ExecAction failureThreshold grpc>GRPCAction httpGet>HTTPGetAction initialDelaySeconds periodSeconds successThreshold tcpSocket>TCPSocketAction terminationGracePeriodSeconds timeoutSeconds
      ExecAction: command
      HTTPGetAction: host! httpHeaders>HTTPHeader path port scheme
      HTTPHeader: name value
      SleepAction: seconds
      TCPSocketAction: host! port
      GRPCAction: port service
      ContainerPort: containerPort hostIP hostPort=HOST_NETWORK name protocol
      ContainerResizePolicy: resourceName restartPolicy
      ContainerRestartRule: action exitCodes>ContainerRestartRuleOnExitCodes
      ContainerRestartRuleOnExitCodes: operator values
      ResourceRequirements: claims! limits=RESOURCES requests=RESOURCES
      VolumeDevice: devicePath name
      VolumeMount: mountPath mountPropagation=PRIVILEGED name readOnly recursiveReadOnly subPath subPathExpr
      SecurityContext: allowPrivilegeEscalation=PRIVILEGED appArmorProfile>AppArmorProfile capabilities>Capabilities privileged=PRIVILEGED procMount=PRIVILEGED readOnlyRootFilesystem runAsGroup runAsNonRoot=ROOT_USER runAsUser=ROOT_USER seLinuxOptions=PRIVILEGED>SELinuxOptions seccompProfile>SeccompProfile windowsOptions>WindowsSecurityContextOptions
      PodSecurityContext: appArmorProfile>AppArmorProfile fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot=ROOT_USER runAsUser=ROOT_USER seLinuxChangePolicy seLinuxOptions=PRIVILEGED>SELinuxOptions seccompProfile>SeccompProfile supplementalGroups supplementalGroupsPolicy sysctls=PRIVILEGED>Sysctl windowsOptions>WindowsSecurityContextOptions
      AppArmorProfile: localhostProfile type=PRIVILEGED
      SeccompProfile: localhostProfile type=PRIVILEGED
      Capabilities: add=PRIVILEGED drop
      SELinuxOptions: level role type user
      Sysctl: name value
      WindowsSecurityContextOptions: gmsaCredentialSpec! gmsaCredentialSpecName! hostProcess=PRIVILEGED runAsUserName
      Volume: awsElasticBlockStore=VOLUME>AWSElasticBlockStoreVolumeSource azureDisk=VOLUME>AzureDiskVolumeSource azureFile=VOLUME>AzureFileVolumeSource cephfs=VOLUME>CephFSVolumeSource cinder=VOLUME>CinderVolumeSource configMap>ConfigMapVolumeSource csi=VOLUME>CSIVolumeSource downwardAPI>DownwardAPIVolumeSource emptyDir>EmptyDirVolumeSource ephemeral>EphemeralVolumeSource fc=VOLUME>FCVolumeSource flexVolume=VOLUME>FlexVolumeSource flocker=VOLUME>FlockerVolumeSource gcePersistentDisk=VOLUME>GCEPersistentDiskVolumeSource gitRepo=VOLUME>GitRepoVolumeSource glusterfs=VOLUME>GlusterfsVolumeSource hostPath>HostPathVolumeSource image>ImageVolumeSource iscsi=VOLUME>ISCSIVolumeSource name nfs=VOLUME>NFSVolumeSource persistentVolumeClaim>PersistentVolumeClaimVolumeSource photonPersistentDisk=VOLUME>PhotonPersistentDiskVolumeSource portworxVolume=VOLUME>PortworxVolumeSource projected>ProjectedVolumeSource quobyte=VOLUME>QuobyteVolumeSource rbd=VOLUME>RBDVolumeSource scaleIO=VOLUME>ScaleIOVolumeSource secret>SecretVolumeSource storageos=VOLUME>StorageOSVolumeSource vsphereVolume=VOLUME>VsphereVirtualDiskVolumeSource
      AWSElasticBlockStoreVolumeSource: fsType partition readOnly volumeID
      AzureDiskVolumeSource: cachingMode diskName diskURI fsType kind readOnly
      AzureFileVolumeSource: readOnly secretName=secrets shareName
      CephFSVolumeSource: monitors path readOnly secretFile secretRef>LocalObjectReference user
      CinderVolumeSource: fsType readOnly secretRef>LocalObjectReference volumeID
      CSIVolumeSource: driver fsType nodePublishSecretRef>LocalObjectReference readOnly volumeAttributes
      FCVolumeSource: fsType lun readOnly targetWWNs wwids
      FlexVolumeSource: driver fsType options readOnly secretRef>LocalObjectReference
      FlockerVolumeSource: datasetName datasetUUID
      GCEPersistentDiskVolumeSource: fsType partition pdName readOnly
      GitRepoVolumeSource: directory repository revision
      GlusterfsVolumeSource: endpoints path readOnly
      ISCSIVolumeSource: chapAuthDiscovery chapAuthSession fsType initiatorName iqn iscsiInterface lun portals readOnly secretRef>LocalObjectReference targetPortal
      NFSVolumeSource: path readOnly server
      PhotonPersistentDiskVolumeSource: fsType pdID
      PortworxVolumeSource: fsType readOnly volumeID
      QuobyteVolumeSource: group readOnly registry tenant user volume
      RBDVolumeSource: fsType image keyring monitors pool readOnly secretRef>LocalObjectReference user
      ScaleIOVolumeSource: fsType gateway protectionDomain readOnly secretRef>LocalObjectReference sslEnabled storageMode storagePool system volumeName
      StorageOSVolumeSource: fsType readOnly secretRef>LocalObjectReference volumeName volumeNamespace=NAMESPACE
      VsphereVirtualDiskVolumeSource: fsType storagePolicyID storagePolicyName volumePath
      ConfigMapVolumeSource: defaultMode items>KeyToPath name optional
      KeyToPath: key mode path
      DownwardAPIVolumeSource: defaultMode items>DownwardAPIVolumeFile
      DownwardAPIVolumeFile: fieldRef>ObjectFieldSelector mode path resourceFieldRef>ResourceFieldSelector
      EmptyDirVolumeSource: medium sizeLimit
      EphemeralVolumeSource: volumeClaimTemplate>PersistentVolumeClaimTemplate
      PersistentVolumeClaimTemplate: metadata>ObjectMeta spec>PersistentVolumeClaimSpec
      PersistentVolumeClaimSpec: accessModes dataSource! dataSourceRef! resources>VolumeResourceRequirements selector! storageClassName volumeAttributesClassName volumeMode volumeName!
      VolumeResourceRequirements: limits requests
      HostPathVolumeSource: path=hostPaths type
      ImageVolumeSource: pullPolicy reference=images
      PersistentVolumeClaimVolumeSource: claimName readOnly
      ProjectedVolumeSource: defaultMode sources>VolumeProjection
      VolumeProjection: clusterTrustBundle>ClusterTrustBundleProjection configMap>ConfigMapProjection downwardAPI>DownwardAPIProjection podCertificate>PodCertificateProjection secret>SecretProjection serviceAccountToken>ServiceAccountTokenProjection
      ClusterTrustBundleProjection: labelSelector>LabelSelector name optional path signerName
      ConfigMapProjection: items>KeyToPath name optional
      DownwardAPIProjection: items>DownwardAPIVolumeFile
      PodCertificateProjection: certificateChainPath credentialBundlePath keyPath keyType maxExpirationSeconds signerName
      SecretProjection: items>KeyToPath name=secrets optional
      ServiceAccountTokenProjection: audience expirationSeconds path
      SecretVolumeSource: defaultMode items>KeyToPath optional secretName=secrets
      Service: apiVersion kind metadata>ObjectMeta spec>ServiceSpec status!
      ServiceSpec: allocateLoadBalancerNodePorts! clusterIP clusterIPs externalIPs! externalName! externalTrafficPolicy healthCheckNodePort! internalTrafficPolicy ipFamilies ipFamilyPolicy loadBalancerClass! loadBalancerIP! loadBalancerSourceRanges! ports>ServicePort publishNotReadyAddresses selector sessionAffinity sessionAffinityConfig>SessionAffinityConfig trafficDistribution type=serviceTypes
      ServicePort: appProtocol name nodePort! port protocol targetPort
      SessionAffinityConfig: clientIP>ClientIPConfig
      ClientIPConfig: timeoutSeconds
      Ingress: apiVersion kind metadata>ObjectMeta spec>IngressSpec status!
      IngressSpec: defaultBackend! ingressClassName! rules=INGRESS_RULE>IngressRule tls>IngressTLS
      IngressRule: host http>HTTPIngressRuleValue
      HTTPIngressRuleValue: paths>HTTPIngressPath
      HTTPIngressPath: backend>IngressBackend path pathType
      IngressBackend: resource! service>IngressServiceBackend
      IngressServiceBackend: name port>ServiceBackendPort
      ServiceBackendPort: name number
      IngressTLS: hosts=ingressHosts secretName=secrets
      PersistentVolumeClaim: apiVersion kind metadata>ObjectMeta spec>PersistentVolumeClaimSpec status!
      PodDisruptionBudget: apiVersion kind metadata>ObjectMeta spec>PodDisruptionBudgetSpec status!
      PodDisruptionBudgetSpec: maxUnavailable minAvailable selector>LabelSelector unhealthyPodEvictionPolicy
      ConfigMap: apiVersion binaryData data immutable kind metadata>ObjectMeta
      PodGroup: apiVersion kind metadata>ObjectMeta spec>PodGroupSpec
      PodGroupSpec: minMember minResources priorityClassName=priorityClasses queue
      """;

  private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\((\\w+)\\))?: (.*)");
  private static final Pattern FIELD =
      Pattern.compile("(\\w+)(!)?(?:=(\\w+))?(?:>(\\{)?(\\w+)}?)?");

  private static final Map<String, Map<String, Field>> FIELDS = read();

  private FieldTable() {}

  /** All fields by type and name. */
  static Map<String, Map<String, Field>> all() {
    return FIELDS;
  }

  /** A field; empty if nothing decides about it. */
  static Optional<Field> find(String type, String name) {
    return Optional.ofNullable(FIELDS.getOrDefault(type, Map.of()).get(name));
  }

  private static Map<String, Map<String, Field>> read() {
    var types = new HashMap<String, Map<String, Field>>();
    TYPES
        .lines()
        .forEach(text -> {
          Matcher line = match(LINE, text);
          var fields = new TreeMap<String, Field>();
          if (line.group(2) instanceof String base) {
            fields.putAll(types.getOrDefault(base, Map.of()));
          }
          for (String word : line.group(3).split(" ", -1)) {
            Matcher field = match(FIELD, word);
            fields.put(
                field.group(1),
                new Field(
                    decision(field), Optional.ofNullable(field.group(5)), field.group(4) != null));
          }
          types.put(line.group(1), Map.copyOf(fields));
        });
    return Map.copyOf(types);
  }

  private static Decision decision(Matcher field) {
    if (field.group(2) != null) {
      return new Decision.Denied();
    }
    if (field.group(3) instanceof String rule) {
      return AllowSetting.of(rule)
          .<Decision>map(Decision.Listed::new)
          .orElseGet(() -> new Decision.Ruled(FieldRule.valueOf(rule)));
    }
    return new Decision.Free();
  }

  private static Matcher match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException("not a line of the table: " + text);
    }
    return matcher;
  }
}
