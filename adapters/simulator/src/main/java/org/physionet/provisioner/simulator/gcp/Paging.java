package org.physionet.provisioner.simulator.gcp;

import java.util.List;
import java.util.Optional;

/** Lists in pages: the token is the position to go on from. */
record Paging<T>(List<T> page, Optional<String> nextToken) {

    /** @param most per page, if the caller asks for no less */
    static <T> Paging<T> of(List<T> all, Optional<String> token, Optional<Long> size, int most) {
        int from = token.filter(t -> !t.isEmpty()).map(Paging::position).orElse(0);
        long wanted = size.filter(n -> n > 0).map(n -> Math.min(n, most)).orElse((long) most);
        int start = Math.min(from, all.size());
        int end = (int) Math.min(all.size(), start + wanted);
        Optional<String> next = end < all.size() ? Optional.of("p" + end) : Optional.empty();
        return new Paging<>(all.subList(start, end), next);
    }

    private static int position(String token) {
        if (!token.matches("p\\d{1,9}")) {
            throw GoogleError.invalid("Invalid page token: " + token);
        }
        return Integer.parseInt(token.substring(1));
    }
}
