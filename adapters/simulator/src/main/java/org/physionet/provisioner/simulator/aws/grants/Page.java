package org.physionet.provisioner.simulator.aws.grants;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.control.ControlCall;
import org.physionet.provisioner.simulator.aws.wire.Query;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/**
 * One page of a list: at most 1,000 things in the order of their ids; the token is the last id of the page before.
 *
 * @param token empty on the last page
 */
record Page<T>(List<T> things, Optional<String> token) {
    private static final int MOST = 1000;

    static <T> Page<T> of(SortedMap<String, T> all, Predicate<T> fits, Query query) {
        int max = Math.clamp(query.number("maxResults").orElse(MOST), 1, MOST);
        // The first id behind the token, which may be gone by now.
        SortedMap<String, T> rest =
                query.get("nextToken").map(token -> all.tailMap(token + '\0')).orElse(all);
        var found = rest.entrySet().stream()
                .filter(entry -> fits.test(entry.getValue()))
                .limit(max + 1L)
                .toList();
        var page = found.subList(0, Math.min(max, found.size()));
        return new Page<>(
                page.stream().map(entry -> entry.getValue()).toList(),
                found.size() > max ? Optional.of(page.getLast().getKey()) : Optional.empty());
    }

    Response answer(String root, String list, String item, BiConsumer<Xml, T> write) {
        return ControlCall.answer(root, xml -> {
            token.ifPresent(t -> xml.text("NextToken", t));
            xml.element(list, all -> things.forEach(thing -> all.element(item, one -> write.accept(one, thing))));
        });
    }
}
