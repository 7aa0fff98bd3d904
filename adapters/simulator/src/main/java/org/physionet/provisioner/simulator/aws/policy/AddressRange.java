package org.physionet.provisioner.simulator.aws.policy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses of version 4 or 6 that share their first bits (RFC 4632); one address alone is a range of one. */
record AddressRange(BigInteger first, int prefix, int width) {
    static Optional<AddressRange> parse(String text) {
        String[] parts = text.trim().split("/", 2);
        byte[] address = bytes(parts[0]);
        if (address == null) {
            return Optional.empty();
        }
        int width = address.length * 8;
        int prefix = width;
        if (parts.length == 2) {
            if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > width) {
                return Optional.empty();
            }
            prefix = Integer.parseInt(parts[1]);
        }
        return Optional.of(new AddressRange(new BigInteger(1, address).shiftRight(width - prefix), prefix, width));
    }

    boolean contains(String address) {
        byte[] bytes = bytes(address);
        return bytes != null
                && bytes.length * 8 == width
                && new BigInteger(1, bytes).shiftRight(width - prefix).equals(first);
    }

    /** So wide that AWS takes it for everybody: wider than /8 (version 4) or /32 (version 6). */
    boolean isEverybody() {
        return width == 32 ? prefix < 8 : prefix < 32;
    }

    /** Only literal addresses: a name would be looked up in the DNS. */
    private static byte @Nullable [] bytes(String text) {
        if (!text.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
