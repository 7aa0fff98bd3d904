package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.ResourceKind;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.settings.Settings;

class GcpAdapterProviderTest {
    private final AdapterProvider provider = new GcpAdapterProvider();

    private ResourceKind kind(String key) {
        return provider.resourceKinds().stream()
                .filter(kind -> kind.catalogKey().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private void connect(Map<String, String> values) {
        provider.connect(
                        new Settings("gcp", values, Path.of("")),
                        new AdapterContext(() -> GoogleBench.NOW, CallListener.NONE, Pacing.NONE))
                .close();
    }

    @Test
    void isFoundAskedAndConnectedWithoutAnyGoogleLibraryOnThePath() throws Exception {
        URL[] ours = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar") || entry.contains("provisioner") || entry.contains("jspecify"))
                .map(entry -> url(Path.of(entry).toUri()))
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(ours, ClassLoader.getPlatformClassLoader())) {
            Class<?> port = loader.loadClass(AdapterProvider.class.getName());
            Object found = ServiceLoader.load(port, loader).findFirst().orElseThrow();
            Class<?> script = loader.loadClass(WithoutGoogle.class.getName());

            assertThat(found.getClass().getClassLoader()).isSameAs(loader);
            assertThat(script.getMethod("ask", Object.class).invoke(null, found))
                    .isEqualTo("gcp gs://b-1 user:ada@gmail.com");
        }
    }

    private static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Runs inside the loader that has no Google library. */
    public static final class WithoutGoogle {
        private WithoutGoogle() {}

        public static String ask(Object found) {
            AdapterProvider provider = (AdapterProvider) found;
            Settings settings = new Settings(
                    "gcp",
                    Map.of("project", "p1", "credentials", "none", "endpoint", "http://127.0.0.1:1"),
                    Path.of(""));
            provider.settings();
            var adapter = provider.connect(
                    settings, new AdapterContext(() -> GoogleBench.NOW, CallListener.NONE, Pacing.NONE));
            adapter.capabilities();
            adapter.diagnose("requester pays");
            adapter.close();
            return provider.provider() + " "
                    + provider.resourceKinds().getFirst().parse("b-1") + " "
                    + provider.identityKind()
                            .principal(new CloudAccount(CloudAccount.GOOGLE, "ada@gmail.com", Map.of(), null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gcs, mimiciv-3.1.physionet.org, gs://mimiciv-3.1.physionet.org",
        "gcs, gs://a_b-c/, gs://a_b-c",
        "bigquery, physionet-data.mimiciv_3_1_hosp, bq://physionet-data.mimiciv_3_1_hosp",
        "bigquery, bq://example.com:old.ds, bq://example.com:old.ds"
    })
    void locationsAreReadInEitherForm(String key, String location, String id) {
        assertThat(kind(key).parse(location).text()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "gcs, ab",
        "gcs, Upper",
        "gcs, a..b",
        "gcs, -abc",
        "gcs, abc-",
        "gcs, 192.168.5.4",
        "gcs, goog-data",
        "gcs, my-google-data",
        "gcs, bucket/prefix",
        "gcs, bq://p1-x.ds",
        "gcs, 'a b'",
        "bigquery, nodot",
        "bigquery, P1.ds",
        "bigquery, project.data-set",
        "bigquery, .ds",
        "bigquery, project.",
        "bigquery, gs://bucket"
    })
    void locationsThatBreakGooglesGrammarAreRefused(String key, String location) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind(key).parse(location))
                .withMessageContaining("expected");
    }

    @Test
    void anOptionThatTheLayoutDoesNotHaveIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind("gcs").check("members", Map.of("group", "g@example.org")))
                .withMessageContaining("group");
    }

    @Test
    void theGroupLayoutNeedsTheGroupsAddress() {
        kind("bigquery").check("group", Map.of("group", "readers@physionet.org"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind("gcs").check("group", Map.of()))
                .withMessageStartingWith("group");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind("gcs").check("group", Map.of("group", "readers")))
                .withMessageStartingWith("group");
    }

    @Test
    void oneAccountIsOnePrincipalHoweverItsAddressIsSpelled() {
        var identities = provider.identityKind();
        var principal = identities.principal(new CloudAccount("google", "A.da@GoogleMail.com", Map.of(), null));

        assertThat(principal.text()).isEqualTo("user:A.da@GoogleMail.com");
        assertThat(identities.parse("user:ada+work@gmail.com")).contains(principal);
        assertThat(identities.parse("deleted:user:ada@gmail.com?uid=1"))
                .isNotEmpty()
                .isNotEqualTo(java.util.Optional.of(principal));
        assertThat(List.of("ada@gmail.com", "user:", "user:ada", "AIDA123", "group:g@example.org"))
                .allSatisfy(text -> assertThat(identities.parse(text)).isEmpty());
    }

    @Test
    void aServiceAccountIsNoPersonsAccount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider.identityKind()
                        .principal(new CloudAccount("google", "s@p.iam.gserviceaccount.com", Map.of(), null)))
                .withMessageContaining("service account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://localhost:1/", "http://[::1]:9", "https://127.0.0.2"})
    void anEmulatorOnLoopbackNeedsNoCredentials(String endpoint) {
        connect(Map.of("project", "p1", "credentials", "none", "endpoint", endpoint));
    }

    @ParameterizedTest
    @CsvSource({
        "none, http://10.0.0.1:8080, gcp.endpoint",
        "none, https://storage.example.org, gcp.endpoint",
        "none, http://127.0.0.1.example.org, gcp.endpoint",
        "none, , gcp.credentials",
        "default, http://127.0.0.1:8080, gcp.endpoint",
        "default, ftp://127.0.0.1, gcp.endpoint",
        "default, 127.0.0.1:8080, gcp.endpoint",
        "default, https://h/path, gcp.endpoint",
        "default, https://me@h, gcp.endpoint"
    })
    void anEndpointThatWouldLeakOrMisleadIsRefusedByKey(String credentials, String endpoint, String key) {
        Map<String, String> values = new java.util.HashMap<>(Map.of("project", "p1", "credentials", credentials));
        if (endpoint != null) {
            values.put("endpoint", endpoint);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> connect(values)).withMessageStartingWith(key);
    }

    @Test
    void withoutAProjectTheKeyIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connect(Map.of("credentials", "default")))
                .withMessageContaining("gcp.project");
    }
}
