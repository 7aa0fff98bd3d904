package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;

class ProviderStartTest {
    @Test
    void providerIsFoundByItsService() {
        assertThat(ServiceLoader.load(AdapterProvider.class).stream()
                        .map(p -> p.get().provider()))
                .contains("aws");
    }

    /** The command line asks every provider at every start (facts/stack.md 3); here the SDK is not even there. */
    @Test
    void askingAndConnectingNeedNoSdkClass() throws Exception {
        try (WithoutSdk loader = new WithoutSdk()) {
            Class<?> start = loader.loadClass(Start.class.getName());
            assertThat(start.getMethod("start").invoke(null)).isEqualTo("aws 21 s3 access-points");
            assertThatThrownBy(() -> loader.loadClass("software.amazon.awssdk.services.s3.S3Client"))
                    .isInstanceOf(ClassNotFoundException.class);
        } catch (InvocationTargetException e) {
            throw new AssertionError("an SDK class was needed", e.getCause());
        }
    }

    @ParameterizedTest(name = "{0}={1} is refused: {2}")
    @CsvSource({
        "account, 1234, aws.account",
        "account, '', aws.account",
        "region, mars, aws.region",
        "region, us-gov-west-1, partition aws",
        "region, cn-north-1, partition aws",
        "credentials, magic, aws.credentials",
        "credentials, default, aws.accessKey",
        "secretKey, '', aws.secretKey",
        "endpoint, http://10.0.0.1:5000, aws.endpoint",
        "endpoint, http://127.0.0.1.example.org:5000, aws.endpoint",
        "endpoint, ftp://127.0.0.1, aws.endpoint",
        "endpoint, http://user@127.0.0.1:5000, aws.endpoint",
        "endpoint, not an address, aws.endpoint",
        "emulator, localstack, aws.emulator",
        "prefix, Pn_, aws.prefix",
        "accessGrants.locationRole, role/x, aws.accessGrants.locationRole",
        "controlRate, 0, aws.controlRate",
        "controlRate, fast, aws.controlRate",
        "identityProof.site, https://x/, aws.identityProof.site",
        "canary.accessKey, AKIAX, aws.canary.principal",
    })
    void wrongSettingIsNamed(String key, String value, String named) {
        Map<String, String> values = new HashMap<>(
                Map.of("account", "111122223333", "credentials", "static", "accessKey", "k", "secretKey", "hushhush"));
        values.put(key, value);

        assertThatThrownBy(() -> AwsSettings.of(new Settings("aws", values, Path.of(""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .hasMessageNotContaining("hushhush");
    }

    @Test
    void motoIsTakenOnThisMachineOnly() {
        Map<String, String> values = new HashMap<>(Map.of("account", "111122223333", "emulator", "moto"));
        assertThatThrownBy(() -> AwsSettings.of(new Settings("aws", values, Path.of(""))))
                .hasMessageContaining("aws.emulator");
        values.put("endpoint", "https://moto.example.org");
        assertThatThrownBy(() -> AwsSettings.of(new Settings("aws", values, Path.of(""))))
                .hasMessageContaining("aws.emulator");
        values.put("endpoint", "http://localhost:5000");
        assertThat(AwsSettings.of(new Settings("aws", values, Path.of(""))).moto())
                .isTrue();
    }

    @Test
    void secretIsNeverShown() {
        AwsSettings settings = AwsSettings.of(new Settings(
                "aws",
                Map.of("account", "111122223333", "credentials", "static", "accessKey", "k", "secretKey", "hushhush"),
                Path.of("")));
        assertThat(settings.toString()).doesNotContain("hushhush");
        assertThat(AwsSettings.ALL)
                .filteredOn(Setting::secret)
                .extracting(Setting::key)
                .containsExactly("secretKey", "canary.secretKey", "canary.second.secretKey");
    }

    /** Runs inside the class loader that has no SDK. */
    public static final class Start {
        public static String start() {
            AwsAdapterProvider provider = new AwsAdapterProvider();
            try (var adapter = provider.connect(
                    new Settings("aws", Map.of("account", "111122223333"), Path.of("")),
                    new org.physionet.provisioner.engine.adapter.AdapterContext(
                            java.time.InstantSource.system(),
                            org.physionet.provisioner.engine.adapter.CallListener.NONE,
                            org.physionet.provisioner.engine.adapter.Pacing.NONE))) {
                if (provider.identityKind().parse("AIDA00000000000000001").isEmpty()
                        || adapter.diagnose("Access Denied").isEmpty()) {
                    throw new IllegalStateException("expected a unique id to be read and a refusal to be known");
                }
                provider.resourceKinds().getFirst().parse("bucket/x/");
                adapter.capabilities();
                return provider.provider() + " " + provider.settings().size() + " "
                        + provider.resourceKinds().getFirst().catalogKey() + " "
                        + provider.resourceKinds().getFirst().layouts().getFirst();
            }
        }
    }

    /** Loads our classes anew and refuses the SDK's. */
    private static final class WithoutSdk extends URLClassLoader {
        WithoutSdk() {
            super(urls(), null);
        }

        private static URL[] urls() {
            return java.util.Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                    .filter(entry -> !entry.contains("awssdk"))
                    .map(entry -> {
                        try {
                            return Path.of(entry).toUri().toURL();
                        } catch (java.net.MalformedURLException e) {
                            throw new IllegalArgumentException(e);
                        }
                    })
                    .toArray(URL[]::new);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("software.amazon.")) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }
    }
}
