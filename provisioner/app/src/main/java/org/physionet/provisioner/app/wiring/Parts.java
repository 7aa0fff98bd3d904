package org.physionet.provisioner.app.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.physionet.provisioner.app.cli.Nearest;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.engine.adapter.AdapterProvider;
import org.physionet.provisioner.engine.adapter.IdentityKind;
import org.physionet.provisioner.engine.source.SourceProvider;

/**
 * What is on the path: adapters and sources, found with ServiceLoader, so that another one is a jar and nothing else.
 */
public record Parts(List<SourceProvider> sources, List<AdapterProvider> adapters) {
    public static Parts onThePath() {
        List<AdapterProvider> adapters = new ArrayList<>();
        ServiceLoader.load(AdapterProvider.class).forEach(adapters::add);
        adapters.sort(java.util.Comparator.comparing(AdapterProvider::provider));
        List<SourceProvider> sources = new ArrayList<>();
        ServiceLoader.load(SourceProvider.class).forEach(sources::add);
        return new Parts(List.copyOf(sources), List.copyOf(adapters));
    }

    /** @throws UsageError if there is no such provider */
    public AdapterProvider adapter(String provider) {
        List<String> known = adapters.stream().map(AdapterProvider::provider).toList();
        return adapters.stream()
                .filter(a -> a.provider().equals(provider))
                .findFirst()
                .orElseThrow(() -> new UsageError(Problem.of("There is no provider \"" + provider + "\"")
                        .expected(String.join(" or ", known))
                        .next(Nearest.question(provider, known).orElse(null))));
    }

    /** Identity kinds of every provider, connected or not. */
    public Map<String, IdentityKind> identityKinds() {
        Map<String, IdentityKind> kinds = new TreeMap<>();
        adapters.forEach(a -> kinds.put(a.provider(), a.identityKind()));
        return kinds;
    }
}
