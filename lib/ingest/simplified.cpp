#include "ingest/simplified.h"

#include <unordered_map>

#include "base/text.h"

namespace hr::ingest {

namespace {

// A traditional character and the simplified one, again and again; three bytes each.
constexpr std::string_view kPairs =
    "佔占來来係系個个偵侦備备傷伤僅仅僑侨僱雇價价億亿儘尽償偿優优儲储內内別别剛刚創创劃划動动務务勝胜勞劳"
    "勢势勵励匯汇區区協协參参員员問问啓启啟启喚唤喪丧單单國国圍围園园圓圆圖图團团執执報报場场壓压壞坏壽寿"
    "夠够夾夹婦妇孫孙學学實实寧宁審审寫写寬宽將将專专對对導导屆届層层屬属崗岗帳帐幣币幹干庫库廠厂廢废廣广"
    "廳厅張张彈弹彌弥彙汇後后徑径從从復复恆恒惡恶愛爱態态慣惯慶庆憑凭應应懷怀戰战戲戏戶户拋抛挾挟捨舍掃扫"
    "掛挂採采揚扬換换損损搶抢撐撑撥拨擇择擊击擔担據据擬拟擴扩攜携敗败敘叙數数斷断於于昇升時时暈晕暫暂曆历"
    "曉晓曠旷書书會会東东柵栅條条業业極极榮荣構构樂乐樓楼標标樞枢樣样橋桥機机檔档檢检檻槛權权歐欧歡欢歲岁"
    "歷历歸归殘残決决況况減减測测準准溝沟滅灭滿满漢汉漲涨漸渐潛潜潤润濟济濾滤灣湾災灾為为無无熱热營营爭争"
    "爺爷牆墙狀状獎奖獨独獲获現现環环產产畝亩畢毕畫画異异當当療疗發发皺皱盡尽監监盤盘眾众矯矫確确碼码礎础"
    "禮礼稅税稟禀種种稱称積积穫获競竞筆笔節节範范築筑簡简簽签籃篮籤签糧粮紀纪約约納纳純纯紙纸級级細细紹绍"
    "終终組组結结絕绝絡络給给統统絲丝綁绑經经綜综綠绿維维綱纲網网緊紧緒绪線线緣缘編编縣县縮缩總总績绩織织"
    "繪绘繫系繳缴繼继續续罰罚罷罢義义習习聞闻聯联聲声職职聽听肅肃脫脱腦脑臨临臺台與与興兴舉举舊旧舖铺莊庄"
    "華华萬万蓋盖薦荐藝艺藥药蘭兰處处虛虚號号虧亏術术衛卫衝冲裏里補补裝装裡里製制複复襲袭見见規规視视親亲"
    "覺觉觀观訂订計计訊讯討讨訓训託托記记訪访設设許许訴诉診诊註注評评詞词詢询試试話话該该詳详認认語语誠诚"
    "誤误說说誰谁課课調调請请論论諮咨諾诺謝谢證证識识譯译議议護护譽誉讀读變变讓让豐丰貝贝負负財财貢贡貧贫"
    "貨货販贩貫贯責责貴贵買买貸贷費费貼贴貿贸賃赁資资賓宾賞赏賠赔賣卖質质賬账賴赖購购贈赠贊赞贏赢趨趋踐践"
    "車车軍军軟软較较載载輔辅輕轻輪轮輯辑輸输轉转辦办辭辞農农迴回這这連连週周進进運运過过達达違违遞递遠远"
    "適适遲迟遷迁選选遺遗還还邊边郵邮鄉乡鄰邻醫医釋释釐厘針针鈴铃鉤钩銀银銜衔銷销鋪铺鋼钢錄录錢钱錦锦錯错"
    "鍵键鎖锁鎮镇鏈链鐘钟長长門门閉闭開开閒闲間间閱阅闆板闊阔關关陣阵陰阴陸陆陽阳隊队際际隨随險险隱隐雖虽"
    "雙双雜杂離离難难電电靈灵靜静響响頁页頂顶項项順顺須须預预頒颁領领頭头頻频顆颗題题額额顏颜願愿類类顧顾"
    "顯显風风飛飞飯饭飲饮飾饰養养餘余館馆饋馈馬马駐驻駕驾騎骑驗验驟骤體体鬆松鬧闹麗丽黃黄點点黨党齊齐齡龄";
constexpr size_t kBytes = 3;
static_assert(kPairs.size() % (2 * kBytes) == 0);

const std::unordered_map<std::string_view, std::string_view>& pairs() {
  static const auto kAll = [] {
    std::unordered_map<std::string_view, std::string_view> all;
    for (size_t at = 0; at < kPairs.size(); at += 2 * kBytes)
      all.emplace(kPairs.substr(at, kBytes), kPairs.substr(at + kBytes, kBytes));
    return all;
  }();
  return kAll;
}

}  // namespace

std::string simplified(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const bool of_three = (static_cast<unsigned char>(text[at]) & 0xF0U) == 0xE0U && at + kBytes <= text.size();
    const size_t n = of_three ? kBytes : 1;
    const std::string_view character = text.substr(at, n);
    const auto known = of_three ? pairs().find(character) : pairs().end();
    out += known == pairs().end() ? character : known->second;
    at += n;
  }
  return out;
}

std::string fold_word(std::string_view text) {
  return simplified(fold_for_match(text));
}

}  // namespace hr::ingest
