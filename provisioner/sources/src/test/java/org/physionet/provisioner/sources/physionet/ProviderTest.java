package org.physionet.provisioner.sources.physionet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.settings.Setting;
import org.physionet.provisioner.engine.settings.Settings;
import org.physionet.provisioner.engine.source.SourceProvider;

/** The source is found by its type, says which settings it takes, and refuses wrong ones before it connects. */
class ProviderTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    private final SourceProvider provider = new PhysioNetSourceProvider();

    @Test
    void itIsFoundByItsType() {
        assertThat(ServiceLoader.load(SourceProvider.class).stream())
                .extracting(p -> p.get().type())
                .contains("physionet");
    }

    @Test
    void onlyThePasswordIsSecret() {
        assertThat(provider.settings())
                .filteredOn(Setting::secret)
                .extracting(Setting::key)
                .containsExactly("password");
    }

    @Test
    void aPasswordInTheAddressIsRefusedWithoutRepeatingIt() {
        for (String url : new String[] {
            "jdbc:postgresql://127.0.0.1/p?password=hunter2", "jdbc:postgresql://reader:hunter2@127.0.0.1/p"
        }) {
            assertThatThrownBy(() -> provider.open(settings(Map.of("url", url)), CLOCK))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("source.url: ")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void aWrongSettingIsNamedByItsKey() {
        assertThatThrownBy(() -> provider.open(settings(Map.of("url", "mysql://127.0.0.1/p")), CLOCK))
                .hasMessage("source.url: expected jdbc:postgresql://HOST:PORT/NAME, found \"mysql://127.0.0.1/p\"");
        assertThatThrownBy(() -> provider.open(
                        settings(Map.of("url", "jdbc:postgresql://127.0.0.1/p", "googleAccounts", "everything")),
                        CLOCK))
                .hasMessage("source.googleAccounts: expected linked or research-environment, found \"everything\"");
        assertThatThrownBy(() -> provider.open(settings(Map.of()), CLOCK)).hasMessageContaining("source.url");
    }

    private static Settings settings(Map<String, String> values) {
        return new Settings("source", values, Path.of("."));
    }
}
