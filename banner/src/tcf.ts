/**
 * IAB TCF 2.3, loaded only where it is switched on. The page says whose consent platform it is and
 * which vendors of the list its notice discloses:
 * `<meta name="adhere-tcf" content="cmp=31&version=1&country=BE&list=/iab/vendor-list.json&vendors=10,32">`.
 * Without that, `__tcfapi` answers that no consent platform is there, and nothing is given.
 */
import { CmpApi } from "@iabtechlabtcf/cmpapi";
import { GVL, TCModel, TCString, type VendorList } from "@iabtechlabtcf/core";
import stub from "@iabtechlabtcf/stub";
import { type Parts, settings, signalled } from "./signalled";

/** Policy version 5 marks strings of TCF 2.3. */
const POLICY = 5;
/** Measuring content follows statistics; every other purpose of the list follows advertising. */
const MEASURES_CONTENT = 8;
const PURPOSES = 11;

const encoded = (parts: Parts, list: VendorList, given: URLSearchParams): string => {
  const model = new TCModel(new GVL(list));
  model.cmpId = Number(given.get("cmp"));
  model.cmpVersion = Number(given.get("version") ?? 1);
  model.policyVersion = POLICY;
  model.isServiceSpecific = true;
  model.consentLanguage = parts.c.l.toUpperCase().slice(0, 2);
  model.publisherCountryCode = given.get("country") ?? "AA";
  const vendors = (given.get("vendors") ?? "").split(",").map(Number).filter((id) => String(id) in list.vendors);
  const ads = signalled(parts, "ad_storage");
  for (let purpose = 1; purpose <= PURPOSES; purpose++)
    if (purpose === MEASURES_CONTENT ? signalled(parts, "analytics_storage") : ads) model.purposeConsents.set(purpose);
  model.vendorsDisclosed.set(vendors);
  if (ads) model.vendorConsents.set(vendors);
  return TCString.encode(model);
};

export const start = async (parts: Parts): Promise<void> => {
  (stub as () => void)();
  const given = settings("adhere-tcf");
  const cmp = Number(given.get("cmp"));
  if (!cmp) return;
  const reply = await fetch(given.get("list") ?? "/iab/vendor-list.json", { credentials: "omit" });
  const list = (await reply.json()) as VendorList;
  const api = new CmpApi(cmp, Number(given.get("version") ?? 1), true);
  const tell = (): void => api.update(parts.open().length ? "" : encoded(parts, list, given), parts.open().length > 0);
  parts.listen(tell);
  tell();
};
