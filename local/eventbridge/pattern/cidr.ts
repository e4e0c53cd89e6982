import { BlockList, isIPv4, isIPv6 } from "node:net";
import { invalidPattern } from "./invalid.ts";
import type { TextTest } from "./text.ts";

const familyOf = (address: string) => (isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : undefined);

/** `cidr`: an IPv4 or IPv6 address of the event lies in the block, for example `10.0.0.0/24` or `2001:db8::/32`. */
export const inBlock = (block: string): TextTest => {
  const [network = "", bits = "", ...more] = block.split("/");
  const family = familyOf(network);
  const longest = family === "ipv4" ? 32 : 128;
  if (!family || more.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > longest) {
    throw invalidPattern(`Malformed CIDR, expected an address, one / and the mask's bits: ${block}`);
  }
  const blocks = new BlockList();
  blocks.addSubnet(network, Number(bits), family);
  // A BlockList would find an IPv4 address in an IPv6 block that maps it; EventBridge keeps the families apart.
  return (text) => familyOf(text) === family && blocks.check(text, family);
};
