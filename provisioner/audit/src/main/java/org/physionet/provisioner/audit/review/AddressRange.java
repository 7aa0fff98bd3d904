package org.physionet.provisioner.audit.review;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A range of IP addresses, e.g. {@code 203.0.113.0/24}.
 *
 * @param first its first address, 4 or 16 bytes
 * @param bits how many of the first bits are fixed
 * @param label what the site calls it, e.g. a country; may be empty
 */
public record AddressRange(List<Byte> first, int bits, String label) {
    private static final Pattern NUMERIC = Pattern.compile("[0-9a-fA-F:.]+");

    public AddressRange {
        first = List.copyOf(first);
    }

    /**
     * One line of a file of ranges: the range, then, after a comma or white space, what it is called.
     *
     * @throws IllegalArgumentException naming the line if it is no range
     */
    public static AddressRange parse(String line) {
        String[] parts = line.strip().split("[,\\s]+", 2);
        String[] range = parts[0].split("/", 2);
        List<Byte> bytes = bytes(range[0]);
        int most = bytes.size() * 8;
        int bits = range.length < 2 ? most : range[1].matches("\\d{1,3}") ? Integer.parseInt(range[1]) : -1;
        if (bytes.isEmpty() || bits < 0 || bits > most) {
            throw new IllegalArgumentException("expected a range such as 203.0.113.0/24, found \"" + line + "\"");
        }
        return new AddressRange(bytes, bits, parts.length < 2 ? "" : parts[1].strip());
    }

    public boolean contains(String address) {
        List<Byte> other = bytes(address);
        if (other.size() != first.size()) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((first.get(bit / 8) & mask) != (other.get(bit / 8) & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Empty if it is no address; a name is never looked up. */
    private static List<Byte> bytes(String address) {
        if (!NUMERIC.matcher(address).matches() || address.indexOf(':') < 0 && address.split("[.]", -1).length != 4) {
            return List.of();
        }
        try {
            List<Byte> bytes = new ArrayList<>();
            for (byte b : InetAddress.getByName(address).getAddress()) {
                bytes.add(b);
            }
            return bytes;
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
