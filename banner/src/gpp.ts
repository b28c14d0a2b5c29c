/**
 * IAB GPP, loaded only where it is switched on. Says a visitor's refusal in the national section of
 * the United States (usnat, 7): sale, sharing and targeted advertising, and the browser's GPC.
 * `<meta name="adhere-gpp" content="cmp=31&version=1">` names the consent platform.
 */
import { CmpApi, CmpDisplayStatus, CmpStatus, SignalStatus } from "@iabgpp/cmpapi";
import { type Parts, settings, signalled } from "./signalled";

const SECTION = "usnat";
const ID = 7;

export const start = (parts: Parts): void => {
  const given = settings("adhere-gpp");
  const cmp = Number(given.get("cmp"));
  if (!cmp) return;
  const api = new CmpApi(cmp, Number(given.get("version") ?? 1));
  api.setApplicableSections([ID]);
  api.setCmpStatus(CmpStatus.LOADED);
  const tell = (): void => {
    const asking = parts.open().length > 0;
    const optOut = signalled(parts, "ad_storage") ? 2 : 1;
    for (const name of ["SaleOptOut", "SharingOptOut", "TargetedAdvertisingOptOut"]) {
      api.setFieldValue(SECTION, name + "Notice", 1);
      api.setFieldValue(SECTION, name, optOut);
    }
    api.setFieldValue(SECTION, "MspaCoveredTransaction", 2);
    api.setFieldValue(SECTION, "Gpc", navigator.globalPrivacyControl === true);
    api.fireSectionChange(SECTION);
    api.setCmpDisplayStatus(asking ? CmpDisplayStatus.VISIBLE : CmpDisplayStatus.HIDDEN);
    api.setSignalStatus(asking ? SignalStatus.NOT_READY : SignalStatus.READY);
  };
  parts.listen(tell);
  tell();
};
